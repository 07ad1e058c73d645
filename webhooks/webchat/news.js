// What is said in the conversation: first all that was, then what comes, as it comes. A connection that
// broke is opened again, and one that went dumb without breaking is noticed.

const PATIENCE = 20_000;
const DUMB_AFTER = 40_000; // the server shows every 15 s that it lives
const ANSWER_WITHIN = 5_000;

export class News {
  // told: {line(line), connected(isConnected), refused()}
  constructor(told) {
    this.told = told;
    this.resume = 0;
    this.tries = 0;
    this.heardAt = 0;
    document.addEventListener("visibilitychange", () => {
      // A page that nobody sees needs no connection; it catches up when it is looked at again.
      if (document.hidden) this.source?.close();
      else if (this.source) this.listen();
    });
    setInterval(() => this.source && !document.hidden && this.listenUnlessHeardFor(DUMB_AFTER), 10_000);
  }

  async catchUp() {
    for (;;) {
      try {
        const answer = await fetch("/chat/history", { signal: AbortSignal.timeout(PATIENCE) });
        if (answer.status === 401) return void this.told.refused();
        if (!answer.ok) throw new Error();
        const history = await answer.json();
        history.lines.forEach(this.told.line);
        this.resume = history.resume;
        return void this.connected(true);
      } catch {
        this.connected(false);
        await new Promise((done) => setTimeout(done, this.backOff()));
      }
    }
  }

  listen() {
    clearTimeout(this.timer);
    this.source?.close();
    this.heardAt = Date.now();
    const source = new EventSource(`/chat/events?after=${this.resume}`);
    this.source = source;
    source.onopen = () => this.connected(true);
    source.addEventListener("alive", () => this.connected(true));
    source.onmessage = (event) => {
      this.connected(true);
      this.resume = Number(event.lastEventId);
      this.told.line(JSON.parse(event.data));
    };
    source.onerror = () => {
      this.connected(false);
      if (source.readyState === EventSource.CLOSED) this.timer = setTimeout(() => this.listen(), this.backOff());
    };
  }

  // The bot answers everything: if nothing comes, the connection is at fault.
  expectAnswer() {
    setTimeout(() => this.source && !document.hidden && this.listenUnlessHeardFor(ANSWER_WITHIN), ANSWER_WITHIN);
  }

  listenUnlessHeardFor(silence) {
    if (Date.now() - this.heardAt >= silence) this.listen();
  }

  connected(isConnected) {
    if (isConnected) {
      this.tries = 0;
      this.heardAt = Date.now();
    }
    this.told.connected(isConnected);
  }

  backOff() {
    return Math.min(1000 * 2 ** this.tries++, 30_000);
  }
}
