// What the address asks for: ?panels=meters,q,curve&bg=transparent&scale=1.5  #token=...
export const PANELS = ["head", "town", "meters", "q", "curve", "road", "news", "controls"];

const query = new URLSearchParams(location.search);
const named = (query.get("panels") || "").split(",").map((word) => word.trim().toLowerCase());
const chosen = named.map((word) => (word === "curves" ? "curve" : word)).filter((word) => PANELS.includes(word));

export const panels = chosen.length ? new Set(chosen) : null; // null: all of them
export const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

export function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") || "";
  if (token) history.replaceState(null, "", location.pathname + location.search); // not in a screenshot
  return token;
}

export function arrange() {
  const root = document.documentElement;
  const background = query.get("bg") || "";
  if (background === "transparent") root.classList.add("clear");
  else if (/^[0-9a-f]{6}$/i.test(background)) document.body.style.background = root.style.background = `#${background}`;
  const scale = Number(query.get("scale"));
  if (scale >= 0.25 && scale <= 8) root.style.setProperty("--scale", scale);
  if (!panels) return;
  root.classList.add("parts");
  for (const part of document.querySelectorAll("[data-panel]")) {
    if (!panels.has(part.dataset.panel)) part.remove();
  }
  const side = document.querySelector(".side");
  if (!side.children.length) side.remove();
}
