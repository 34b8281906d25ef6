// Shows a text in CommonMark as it will look, below its field. Without this script the button
// sends the form, and the page comes back with the preview.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest(".preview-button");
  if (!button) return;
  event.preventDefault();
  const { form, nextElementSibling: shown } = button;
  const sent = new FormData();
  sent.set("csrf_token", form.elements.csrf_token.value);
  sent.set("text", form.elements[button.value].value);
  try {
    const answer = await fetch(button.dataset.address, { method: "POST", body: sent });
    if (!answer.ok) throw new Error(answer.statusText);
    shown.innerHTML = await answer.text(); // the server's sanitizer has made it safe
    shown.hidden = false;
  } catch {
    form.requestSubmit(button);
  }
});
