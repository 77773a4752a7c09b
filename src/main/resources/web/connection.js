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
  #clock = new ServerClock();
  #known = new Set();

  /** @param listener has status(status), detection(event, latency in ms or null), found() and lost() */
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
    this.#known.clear();
    events.addEventListener('open', () => this.#isPresent());
    events.addEventListener('detection', (message) => {
      this.#isPresent();
      const event = JSON.parse(message.data);
      this.#listener.detection(event, this.#latency(event));
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
      const asked = Date.now();
      const answer = await fetch('api/status', {
        cache: 'no-store',
        signal: AbortSignal.timeout(Connection.#PATIENCE),
      });
      if (answer.status === 401) {
        // The session has ended.
        location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
        return;
      }
      if (!answer.ok) {
        throw new Error(`api/status answered ${answer.status}`);
      }
      const status = await answer.json();
      this.#clock.seen(asked, Date.parse(status.time), Date.now());
      if (this.#lost && this.#events.readyState === EventSource.OPEN) {
        // Only this request had failed.
        this.#isPresent();
      } else if (this.#lost) {
        this.#follow();
      }
      this.#listener.status(status);
    } catch (error) {
      console.info('The status cannot be read:', error.message);
      this.#isLost();
    }
    setTimeout(() => this.#ask(), Connection.#STATUS_EVERY);
  }

  /** The first event of a camera after connecting is the last one before it, however old. */
  #latency(event) {
    if (!this.#known.has(event.camera)) {
      this.#known.add(event.camera);
      return null;
    }
    return this.#clock.since(Date.parse(event.time));
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

/**
 * Wayside's clock, which differs from that of this device: estimated from the fastest of the latest answers, so its error is
 * at most half of the time that this answer took.
 */
class ServerClock {
  static #KEPT = 15;

  #seen = [];

  seen(asked, time, answered) {
    if (!Number.isNaN(time)) {
      this.#seen.push({ took: answered - asked, ahead: time - (asked + answered) / 2 });
      this.#seen.splice(0, this.#seen.length - ServerClock.#KEPT);
    }
  }

  /** Milliseconds since a time by Wayside's clock; null as long as that is unknown. */
  since(time) {
    if (this.#seen.length === 0) {
      return null;
    }
    const best = this.#seen.reduce((one, other) => (other.took < one.took ? other : one));
    return Math.max(0, Date.now() + best.ahead - time);
  }
}
