// The point of a photograph that must stay in sight: chosen by clicking in the picture, kept in the two number
// fields below it, which say the same without this script. A picture that was just chosen is shown before it
// is sent.
const frame = document.querySelector("[data-focal]");
const picture = frame.querySelector("img");
const mark = frame.querySelector("svg");
const help = document.querySelector("[data-focal-help]");
const x = document.querySelector("[name=focal_x]");
const y = document.querySelector("[name=focal_y]");
const file = document.querySelector("[name=picture]");

const percent = (value) => Math.min(100, Math.max(0, Math.round(value)));

function show() {
  const seen = !picture.hidden;
  mark.toggleAttribute("hidden", !seen);
  help.hidden = !seen;
  for (const circle of mark.querySelectorAll("circle")) {
    circle.setAttribute("cx", `${percent(Number(x.value))}%`);
    circle.setAttribute("cy", `${percent(Number(y.value))}%`);
  }
}

picture.addEventListener("click", (event) => {
  const box = picture.getBoundingClientRect();
  x.value = percent((100 * (event.clientX - box.left)) / box.width);
  y.value = percent((100 * (event.clientY - box.top)) / box.height);
  x.dispatchEvent(new Event("input", { bubbles: true }));
});

for (const field of [x, y]) field.addEventListener("input", show);

function look() {
  const chosen = file.files[0];
  if (!chosen) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    picture.src = reader.result;
    picture.removeAttribute("width");
    picture.removeAttribute("height");
    picture.hidden = false;
    show();
  });
  reader.readAsDataURL(chosen);
}

file.addEventListener("change", look);

show();
look(); // a picture may have been chosen before this script came
