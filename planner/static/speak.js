/* Tells the hours on the reader's clock, where that is another than the venue's. */
const two = (number) => String(number).padStart(2, "0");
const clock = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`;
const day = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

for (const line of document.querySelectorAll("[data-instant]")) {
  const { instant, offset, minutes, date, own, before, after } = line.dataset;
  const start = new Date(instant);
  if (-start.getTimezoneOffset() === Number(offset)) continue;
  const end = new Date(start.getTime() + Number(minutes) * 60000);
  const words = day(start) === date ? "" : day(start) < date ? before : after;
  // Isolated, so that no direction of text turns the hours round.
  line.textContent = `${own} \u2066${clock(start)}\u2013${clock(end)}\u2069 ${words}`.trim();
  line.hidden = false;
}
