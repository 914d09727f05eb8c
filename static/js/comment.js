// Selecting words in a paragraph and commenting on them: by mouse and touch through the browser's own
// selection, by keyboard (and by taps) through the button "Select words". Without this script the link
// "Comment" beside each paragraph does the same for the whole paragraph.
const AROUND = 32; // letters before and after the words, by which the server tells equal words apart
const LONGEST = 2500; // of an encoded address: longer selections are a comment on the paragraph

const bar = document.getElementById("words-bar");
const link = document.getElementById("words-comment");
const said = document.getElementById("words-said");
const rows = [...document.querySelectorAll("[data-commenting] [data-words]")];
let mode = null; // the paragraph in which words are being selected by keys or taps

const squeeze = (text) => text.replace(/\s+/g, " ");
const wordsOf = (row) => row.querySelector(".paragraph__words");

function say(text) {
  said.textContent = text;
}

// What is selected inside one paragraph: its words, and those before and after them.
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const row = rows.find((each) => range.intersectsNode(wordsOf(each)));
  if (!row) return null;
  const inside = within(range, wordsOf(row));
  const quote = squeeze(inside.toString()).trim();
  if (!quote) return null;
  return { row, quote, range: inside, ...around(inside, wordsOf(row)) };
}

// A selection that was drawn beyond the paragraph counts as far as the paragraph goes.
function within(range, words) {
  const whole = document.createRange();
  whole.selectNodeContents(words);
  const inside = range.cloneRange();
  if (inside.compareBoundaryPoints(Range.START_TO_START, whole) < 0) inside.setStart(whole.startContainer, whole.startOffset);
  if (inside.compareBoundaryPoints(Range.END_TO_END, whole) > 0) inside.setEnd(whole.endContainer, whole.endOffset);
  return inside;
}

function around(range, words) {
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(range.startContainer, range.startOffset);
  const after = document.createRange();
  after.selectNodeContents(words);
  after.setStart(range.endContainer, range.endOffset);
  return { prefix: squeeze(before.toString()).slice(-AROUND), suffix: squeeze(after.toString()).slice(0, AROUND) };
}

function show(found) {
  const { quote, prefix, suffix } = found;
  const query = new URLSearchParams({ quote, prefix, suffix }).toString();
  const long = query.length > LONGEST;
  link.href = long ? found.row.dataset.address : `${found.row.dataset.address}&${query}`;
  link.querySelector("span").textContent = long ? link.dataset.long : link.dataset.plain;
  bar.hidden = false;
  if (matchMedia("(pointer: coarse)").matches) return; // stands at the foot of the window
  const box = found.range.getBoundingClientRect();
  const room = document.documentElement.clientWidth - bar.offsetWidth - 8;
  bar.style.left = `${Math.max(8, Math.min(box.left, room)) + window.scrollX}px`;
  bar.style.top = `${box.bottom + window.scrollY + 8}px`;
}

function hide() {
  bar.hidden = true;
}

function look() {
  const found = selected();
  if (found) show(found);
  else if (!bar.contains(document.activeElement)) hide();
}

// Every word of a paragraph as (first letter, behind its last letter) in its text nodes, also across emphasis.
function wordRanges(words) {
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  const at = (offset, end) => {
    const found = nodes.findLast((each) => (end ? each.start < offset : each.start <= offset));
    return [found.node, offset - found.start];
  };
  return [...text.matchAll(/\S+/g)].map((word) => {
    const range = document.createRange();
    range.setStart(...at(word.index, false));
    range.setEnd(...at(word.index + word[0].length, true));
    return range;
  });
}

class Mode {
  constructor(row, button) {
    this.row = row;
    this.button = button;
    this.words = wordsOf(row);
    this.ranges = wordRanges(this.words);
    this.first = this.last = 0; // `first` stays while Shift moves `last`
    this.taps = 0;
  }

  begin() {
    this.words.setAttribute("tabindex", "0");
    this.words.setAttribute("role", "application");
    this.words.setAttribute("aria-label", `${this.row.dataset.place}. ${said.dataset.mode}`);
    this.button.setAttribute("aria-pressed", "true");
    this.row.classList.add("commenting__row--selecting");
    this.help = document.getElementById("words-help").content.firstElementChild.cloneNode(true);
    this.words.after(this.help);
    this.words.focus();
    this.mark();
  }

  end(focus) {
    for (const name of ["tabindex", "role", "aria-label"]) this.words.removeAttribute(name);
    this.button.setAttribute("aria-pressed", "false");
    this.row.classList.remove("commenting__row--selecting");
    this.help.remove();
    document.getSelection().removeAllRanges();
    hide();
    mode = null;
    say(said.dataset.ended);
    if (focus) this.button.focus();
  }

  mark() {
    const [low, high] = [Math.min(this.first, this.last), Math.max(this.first, this.last)];
    const [start, end] = [this.ranges[low], this.ranges[high]];
    document.getSelection().setBaseAndExtent(start.startContainer, start.startOffset, end.endContainer, end.endOffset);
    say(`${said.dataset.selected} ${squeeze(document.getSelection().toString()).trim()}`);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.ranges[this.last].startContainer.parentElement.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  }

  move(to, more) {
    this.last = Math.max(0, Math.min(this.ranges.length - 1, to));
    if (!more) this.first = this.last;
    this.mark();
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) this.move(this.last + step, event.shiftKey);
    else if (event.key === "Home") this.move(0, event.shiftKey);
    else if (event.key === "End") this.move(this.ranges.length - 1, event.shiftKey);
    else if (event.key === "Enter") this.offer();
    else if (event.key === "Escape") this.end(true);
    else return;
    event.preventDefault();
  }

  offer() {
    look();
    link.focus();
  }

  // The first tap takes a word, the next one all words up to there.
  tap(event) {
    const place = (range) => [...range.getClientRects()].some((box) => inBox(box, event));
    const hit = this.ranges.findIndex(place);
    if (hit < 0) return;
    event.preventDefault();
    this.move(hit, this.taps++ > 0);
    look();
  }
}

function inBox(box, event) {
  const { clientX: x, clientY: y } = event;
  return x >= box.left - 3 && x <= box.right + 3 && y >= box.top - 4 && y <= box.bottom + 4;
}

function toggle(row, button) {
  const again = mode?.row === row;
  mode?.end(again);
  if (again) return;
  mode = new Mode(row, button);
  mode.begin();
}

for (const row of rows) {
  if (!wordRanges(wordsOf(row)).length) continue;
  const button = document.getElementById("words-button").content.firstElementChild.cloneNode(true);
  button.querySelector(".only-heard").textContent = ` ${row.dataset.place}`;
  button.addEventListener("click", () => toggle(row, button));
  row.querySelector(".commenting__tools").append(button);
  wordsOf(row).addEventListener("keydown", (event) => mode?.row === row && mode.key(event));
  wordsOf(row).addEventListener("click", (event) => mode?.row === row && mode.tap(event));
}

if (bar) {
  // A finger's selection changes by its handles, without any pointer event on the page.
  document.addEventListener("selectionchange", () => {
    if (!mode || document.activeElement !== mode.words) look();
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // a press would end the selection
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    (mode?.words ?? document.body).focus();
  });
}
