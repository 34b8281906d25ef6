// Makes a chosen photo small before it is sent: a phone's photo is many megabytes, and tells where
// it was taken. Without this script the server does the same, with what may be sent to it.
"use strict";

const EDGE = 1280;

document.addEventListener("change", async (event) => {
  const field = event.target.closest("input[type='file'][data-most]");
  if (!field) return;
  field.setCustomValidity("");
  const [file] = field.files;
  if (!file) return;
  const send = field.form.querySelector("button");
  send.disabled = true;
  const small = await shrunk(file).catch(() => null);
  send.disabled = false;
  if (small && field.files[0] === file) {
    const chosen = new DataTransfer();
    chosen.items.add(small);
    field.files = chosen.files;
  } else if (file.size > Number(field.dataset.most)) {
    field.setCustomValidity(field.dataset.toolarge);
    field.reportValidity();
  }
});

async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  return made && new File([made], "photo.jpg", { type: "image/jpeg" });
}
