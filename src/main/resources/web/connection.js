/**
 * The page's connection to Wayside: events as they happen, and the status every few seconds. Reports once that the
 * connection is lost, keeps retrying, and reports once that it is back.
 */
export class Connection {
  static #STATUS_EVERY = 2000;
  static #RETRY_AFTER = 2000;
  static #PATIENCE = 5000;

  #listener;
  #events = null;
  #retry = 0;
  #present = false;
  #lost = false;

  /** @param listener has status(status), detection(event), found() and lost() */
  constructor(listener) {
    this.#listener = listener;
  }

  open() {
    this.#follow();
    this.#ask();
  }

  #follow() {
    clearTimeout(this.#retry);
    this.#events?.close();
    const events = new EventSource('api/events');
    this.#events = events;
    events.addEventListener('open', () => this.#isPresent());
    events.addEventListener('detection', (message) => {
      this.#isPresent();
      this.#listener.detection(JSON.parse(message.data));
    });
    events.addEventListener('error', () => {
      this.#isLost();
      // An EventSource does not reconnect after an HTTP error, such as 503 while Wayside stops.
      if (events.readyState === EventSource.CLOSED) {
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#follow(), Connection.#RETRY_AFTER);
      }
    });
  }

  async #ask() {
    try {
      const answer = await fetch('api/status', {
        cache: 'no-store',
        signal: AbortSignal.timeout(Connection.#PATIENCE),
      });
      if (answer.status === 401) {
        // The session has ended.
        location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
        return;
      }
      if (!answer.ok) {
        throw new Error(`api/status answered ${answer.status}`);
      }
      const status = await answer.json();
      if (this.#lost && this.#events.readyState !== EventSource.OPEN) {
        this.#follow();
      }
      this.#listener.status(status);
    } catch (error) {
      console.info('The status cannot be read:', error.message);
      this.#isLost();
    }
    setTimeout(() => this.#ask(), Connection.#STATUS_EVERY);
  }

  #isPresent() {
    if (!this.#present) {
      this.#present = true;
      this.#lost = false;
      this.#listener.found();
    }
  }

  #isLost() {
    if (!this.#lost) {
      this.#lost = true;
      this.#present = false;
      this.#listener.lost();
    }
  }
}
