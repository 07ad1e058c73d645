// What the visitor said and the server has not confirmed: kept in the browser until it is, sent in order,
// sent again after a lost signal or a reload. A message may arrive twice: its id makes the second harmless.

const PREFIX = "lapordesk.unsent.";
const PATIENCE = 25_000;
const RELOADED = "lapordesk.reloaded";
const JSON_TYPE = "application/json";
const WAITS = [1, 2, 4, 8, 15, 30];

export class Queue {
  // told: {waiting(isWaiting), uploading(number, count), sent(message), refused(message, sentence)}
  constructor(told) {
    this.told = told;
    this.messages = kept();
    this.tries = 0;
    this.busy = false;
    addEventListener("online", () => this.hurry());
    addEventListener("beforeunload", (event) => {
      if (this.messages.some((message) => message.files?.length)) event.preventDefault();
    });
  }

  add(message) {
    this.messages.push(message);
    keep(message);
    this.hurry();
  }

  hurry() {
    clearTimeout(this.timer);
    this.pump();
  }

  async pump() {
    if (this.busy) return;
    this.busy = true;
    while (this.messages.length) {
      const message = this.messages[0];
      try {
        await this.upload(message);
        const answer = isEmpty(message.body) ? {} : await post("/chat/messages", JSON.stringify(message.body), JSON_TYPE);
        this.settle(message, answer);
      } catch (trouble) {
        this.later(trouble.after);
        break;
      }
    }
    this.busy = false;
  }

  // Files go up one by one before the message that names them; a refused one is left out.
  async upload(message) {
    const count = message.files?.length ?? 0;
    for (let number = 1; message.files?.length; number++) {
      this.told.uploading(number, count);
      const file = message.files[0];
      const address = `/chat/media?name=${encodeURIComponent(file.name)}`;
      const answer = await post(address, file, file.type || "application/octet-stream", PATIENCE * 8);
      if (answer.media) message.body.media = [...(message.body.media ?? []), answer.media];
      else this.told.refused(message, answer.refused, file);
      message.files.shift();
      keep(message);
    }
    if (count) this.told.uploading(0, 0);
  }

  settle(message, answer) {
    this.messages.shift();
    this.tries = 0;
    forget(message);
    this.told.waiting(false);
    if ("refused" in answer) this.told.refused(message, answer.refused);
    else this.told.sent(message);
  }

  later(after) {
    this.told.waiting(true);
    const wait = after ?? WAITS[Math.min(this.tries++, WAITS.length - 1)];
    this.timer = setTimeout(() => this.pump(), wait * 1000 * (0.8 + 0.4 * Math.random()));
  }
}

// The answer of the server: {} when it is kept, {refused} when it never will be; it throws when it may be later.
async function post(address, body, type, patience = PATIENCE) {
  const answer = await fetch(address, {
    method: "POST", body, headers: { "Content-Type": type }, signal: AbortSignal.timeout(patience),
  });
  if (answer.status === 401 && reloadOnce()) return new Promise(() => {});
  if (answer.ok) {
    sessionStorage.removeItem(RELOADED);
    return answer.json();
  }
  if ([401, 403, 413, 422].includes(answer.status)) return { refused: await sentence(answer) };
  throw Object.assign(new Error(), { after: Number(answer.headers.get("Retry-After")) || undefined });
}

async function sentence(answer) {
  return answer.headers.get("Content-Type")?.startsWith(JSON_TYPE) ? ((await answer.json()).refused ?? "") : "";
}

// All of its files were refused: there is nothing left to say.
function isEmpty({ text, choice, media, location: pin }) {
  return !(text || choice || media?.length || pin);
}

// The cookie is gone: the page brings a new one. If that does not help, cookies are forbidden here.
function reloadOnce() {
  if (sessionStorage.getItem(RELOADED)) return false;
  sessionStorage.setItem(RELOADED, "yes");
  location.reload();
  return true;
}

// Files cannot be kept over a reload; a message is kept once all of its files are up.
function keep(message) {
  if (message.files?.length) return;
  localStorage.setItem(PREFIX + message.body.id, JSON.stringify({ at: message.at, body: message.body, files: [] }));
}

function forget(message) {
  localStorage.removeItem(PREFIX + message.body.id);
}

function kept() {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => JSON.parse(localStorage.getItem(name)))
    .sort((one, other) => one.at - other.at);
}
