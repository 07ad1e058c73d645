// The page of the web chat: shows what is said, sends what is written, tapped or photographed.
import { News } from "./news.js";
import { Queue } from "./queue.js";

const { words, limits, language } = JSON.parse(document.getElementById("given").textContent);
const [log, status, composer, box, files, attach] = ["log", "status", "composer", "say", "files", "attach"].map(
  (id) => document.getElementById(id),
);
const DRAFT = "lapordesk.draft";
const shown = new Map(); // what stands in the log, by id: the same may come twice
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });

let day = "";
let byKeyboard = false; // the last choice was made with a key: the next question gets the focus

const queue = new Queue({
  waiting: (isWaiting) => tell(isWaiting ? words.waiting : "", isWaiting),
  uploading: (number, count) => tell(number ? fill(words.uploading, { number, count }) : ""),
  sent: (message) => {
    shown.get(message.body.id)?.confirm();
    news.expectAnswer();
  },
  refused,
});

const news = new News({
  line: (line) => (line.who === "us" ? showOurs(line) : showMine(line)),
  connected: (isConnected) => {
    if (!isConnected) tell(words.waiting, true);
    else if (!queue.messages.length) tell("");
  },
  refused: () => note(words.no_cookie),
});

start();

async function start() {
  // An invitation's card leads here with its code, which is sent by a tap.
  const invited = /^#kode=([0-9A-Za-z]{8})$/.exec(location.hash)?.[1];
  setBox(invited ?? localStorage.getItem(DRAFT) ?? "");
  await news.catchUp();
  for (const message of queue.messages) showMine(mineOf(message), message);
  if (!shown.size) queue.add({ at: Date.now(), body: { id: "mulai", text: "mulai", hidden: true }, files: [] });
  queue.hurry();
  news.listen();
  if (matchMedia("(pointer: fine)").matches) box.focus();
}

// ── what is said ─────────────────────────────────────────────────────────────────────────────────────────

function showOurs(line) {
  if (shown.has(line.id)) return;
  if (line.answers) showMine(line.answers); // said in another window, perhaps
  shown.set(line.id, line);
  document.querySelectorAll(".choices").forEach((old) => old.remove());
  const bubbles = line.parts.map((part) => {
    const said = bubble("ours", words.us, part.text, line.at, part.files.filter((file) => file.picture));
    const others = part.files.filter((file) => !file.picture);
    if (others.length) said.querySelector(".foot").before(filesOf(others));
    if (part.choices.length || part.ask === "location") log.append(choicesOf(part));
    return said;
  });
  if (bubbles.length) show(bubbles[0]);
  if (byKeyboard) (log.querySelector(".choices button") ?? box).focus({ preventScroll: true });
  else if (matchMedia("(pointer: fine)").matches && !log.querySelector(".choices")) box.focus();
  byKeyboard = false;
}

function filesOf(files) {
  const list = make("ul", "files");
  for (const { name, size, address } of files) {
    const link = Object.assign(make("a"), { href: `${address}?download`, download: name });
    link.append(make("span", "name", name), make("span", "size", sized(size)));
    const item = make("li");
    item.append(link);
    list.append(item);
  }
  return list;
}

function choicesOf(part) {
  const choices = make("div", "choices");
  choices.setAttribute("role", "group");
  choices.setAttribute("aria-label", words.choices);
  if (part.ask === "location") choices.append(button(part.prompt, askLocation));
  for (const { key, label } of part.choices) {
    choices.append(button(label, () => say({ choice: key, label })));
  }
  const longest = Math.max(...[...choices.children].map((one) => one.textContent.length));
  if (longest > 24) choices.classList.add("many");
  return choices;
}

function button(label, act) {
  const made = make("button", "", label);
  made.type = "button";
  made.addEventListener("click", (event) => {
    byKeyboard = event.detail === 0;
    act();
    if (byKeyboard) box.focus({ preventScroll: true });
  });
  return made;
}

// ── what the visitor says ────────────────────────────────────────────────────────────────────────────────

function say(body, chosen = []) {
  const message = { at: Date.now(), body: { id: newId(), ...body }, files: chosen };
  showMine(mineOf(message), message);
  if (body.choice) document.querySelectorAll(".choices").forEach((old) => old.remove());
  queue.add(message);
}

function mineOf({ at, body, files: chosen }) {
  const media = chosen.map((file) => ({ kind: kindOf(file), name: file.name, file }));
  const text = body.text || body.label || "";
  return { id: body.id, at, text, media, pinned: Boolean(body.location), hidden: body.hidden };
}

function showMine(line, unsent = null) {
  if (line.hidden || shown.has(line.id)) return;
  const told = [line.text, line.pinned && words.pinned].filter(Boolean);
  const pictures = line.media.filter((one) => one.file && one.kind === "image");
  const named = line.media.filter((one) => !pictures.includes(one));
  told.unshift(...named.map((one) => `${words[`kind.${one.kind}`]} ${one.name}`.trim()));
  const element = bubble("mine", words.you, told.join("\n"), line.at, pictures);
  const foot = element.querySelector(".foot");
  const at = foot.textContent;
  const confirm = () => {
    element.classList.remove("unsent");
    foot.textContent = at;
  };
  if (unsent) {
    setTimeout(() => {
      if (!queue.messages.includes(unsent)) return;
      element.classList.add("unsent");
      foot.textContent = `${at} · ${words.unsent}`;
    }, 1500);
  }
  shown.set(line.id, { confirm, element });
  toBottom();
}

function refused(message, sentence, file = null) {
  if (file) return void note(`${file.name}: ${sentence || words["refused.unread"]}`);
  const bubbleOf = shown.get(message.body.id)?.element;
  bubbleOf?.remove();
  note(sentence || words["refused.unread"]);
  if (message.body.text && !message.body.hidden && !box.value) setBox(message.body.text);
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  if ([...text].length > limits.text) return void note(fill(words["refused.long"], { most: limits.text }));
  setBox("");
  say({ text });
  box.focus();
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    composer.requestSubmit();
  }
});
box.addEventListener("input", () => setBox(box.value));

attach.addEventListener("click", () => files.click());
files.addEventListener("change", () => {
  const small = [...files.files].filter((file) => {
    const most = kindOf(file) === "image" ? limits.picture : limits.other;
    if (file.size > most) note(fill(words.file_large, { name: file.name, most: most / 1024 ** 2 }));
    return file.size <= most;
  });
  files.value = "";
  if (small.length > limits.files) note(fill(words.files_many, { most: limits.files }));
  if (!small.length) return;
  const text = box.value.trim();
  setBox("");
  say(text ? { text } : {}, small.slice(0, limits.files));
});

function askLocation() {
  if (!isSecureContext) return void note(words.location_insecure);
  tell(words.locating);
  navigator.geolocation.getCurrentPosition(
    ({ coords: { latitude, longitude, accuracy } }) => {
      tell("");
      say({ location: { latitude, longitude, accuracy } });
    },
    () => {
      tell("");
      note(words.location_failed);
    },
    { enableHighAccuracy: true, timeout: 30_000 },
  );
}

// ── what stands on the page ──────────────────────────────────────────────────────────────────────────────

function bubble(side, who, text, at, pictures = []) {
  showDay(new Date(at));
  const element = make("div", `message ${side}`);
  if (pictures.length) {
    const strip = make("div", "pictures");
    for (const { name, file, address } of pictures) {
      const arrived = () => show([...log.querySelectorAll(".message")].at(-1));
      const src = address ?? URL.createObjectURL(file);
      const picture = Object.assign(make("img"), { src, alt: name, onload: arrived });
      if (address) strip.append(linkTo(address, picture));
      else strip.append(picture);
    }
    element.append(strip);
  }
  const said = make("p");
  said.append(make("span", "unseen", who), ` ${text}`.trimStart());
  if (text) element.append(said);
  element.append(make("span", "foot", clock.format(new Date(at))));
  log.append(element);
  return element;
}

// A picture of ours opens in a page of its own, where it can be looked at closely.
function linkTo(address, picture) {
  const link = Object.assign(make("a"), { href: address, target: "_blank", rel: "noopener" });
  link.append(picture);
  return link;
}

function sized(bytes) {
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const many = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: unit === "megabyte" ? 1 : 0 };
  return new Intl.NumberFormat(language, many).format(unit === "kilobyte" ? Math.max(1, size) : size);
}

function showDay(date) {
  const named = calendar.format(date);
  if (named === day) return;
  day = named;
  log.append(make("div", "day", named === calendar.format(new Date()) ? words.today : named));
}

function note(sentence) {
  log.append(make("p", "notice", sentence));
  toBottom();
}

function tell(sentence, isOffline = false) {
  status.textContent = sentence;
  status.classList.toggle("offline", isOffline);
}

function setBox(text) {
  box.value = text;
  text ? localStorage.setItem(DRAFT, text) : localStorage.removeItem(DRAFT);
  fitBox();
}

function fitBox() {
  box.style.height = "auto"; // the stylesheet may not be inline, a property set by a script may
  box.style.height = `${box.scrollHeight + 2}px`;
}

// The end of the conversation; of a message taller than the screen its beginning.
function show(element) {
  if (log.scrollHeight - element.offsetTop > log.clientHeight) log.scrollTop = element.offsetTop - 16;
  else toBottom();
}

function toBottom() {
  log.scrollTop = log.scrollHeight;
}

function make(kind, className = "", text = "") {
  return Object.assign(document.createElement(kind), { className, textContent: text });
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function kindOf(file) {
  const [kind] = file.type.split("/");
  return ["image", "audio", "video"].includes(kind) ? kind : "file";
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

new ResizeObserver(toBottom).observe(log);
addEventListener("offline", () => tell(words.waiting, true));
