// Fills in the reader's own time wherever an instant asks for it: <span data-own-time="2026-12-15T12:00:00+00:00" hidden>.
// Without this script the time in UTC stands beside it.
function fill(root) {
  for (const place of root.querySelectorAll("[data-own-time][hidden]")) {
    const instant = new Date(place.dataset.ownTime);
    const language = document.documentElement.lang || "en";
    const words = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
      weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
      timeZoneName: "short",
    }).format(instant);
    const time = document.createElement("time");
    time.dateTime = place.dataset.ownTime;
    time.textContent = words;
    place.append(time);
    place.hidden = false;
  }
}

fill(document);
document.addEventListener("htmx:load", (event) => fill(event.target));
