// Computes a PDF's SHA-256 in the browser and asks with it. The file is never sent: its input has no name and stands in no form.
// Browsers compute it on https and localhost only; elsewhere this part of the page stays hidden, and the code does.
const part = document.getElementById("by-file");
const input = part?.querySelector("input[type=file]");
const status = part?.querySelector("[role=status]");

async function check(file) {
  status.textContent = part.dataset.reading;
  try {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const address = new URL(location.pathname.replace(/check\/.*$/, "check/"), location.origin);
    address.searchParams.set("sha256", sha256);
    location.assign(address);
  } catch {
    status.textContent = part.dataset.failed;
  }
}

if (part && globalThis.crypto?.subtle) {
  part.hidden = false;
  input.addEventListener("change", () => input.files.length && check(input.files[0]));
  part.addEventListener("dragover", (event) => event.preventDefault());
  part.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) check(event.dataTransfer.files[0]);
  });
}
