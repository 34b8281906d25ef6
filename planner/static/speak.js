/* Tells the hours on the reader's clock, where that is another than the venue's. */
for (const line of document.querySelectorAll("[data-instant]")) {
  const start = new Date(line.dataset.instant);
  if (-start.getTimezoneOffset() === Number(line.dataset.offset)) continue;
  const end = new Date(start.getTime() + Number(line.dataset.minutes) * 60000);
  const locale = `${document.documentElement.lang}-u-nu-latn`;
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
  const hour = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const hours = `\u2066${hour.format(start)}\u2013${hour.format(end)}\u2069`;
  line.textContent = `${line.dataset.words} ${day.format(start)} ${hours}`;
  line.hidden = false;
}
