import { change } from './api.js';
import { DeadLetters } from './dead-letters.js';
import { clock, decimal, elapsed, element, number, plural, say, write } from './words.js';

/** The tab of the sinks: state, backlog, rate and errors of each; pauses and resumes them; their dead letters. */
export class Sinks {
  #document;
  #list;
  #message;
  #items = new Map();
  #history = new Map();
  #shown = false;
  #latest = [];

  constructor(document) {
    this.#document = document;
    this.#list = document.getElementById('sinks');
    this.#message = document.getElementById('sinks-message');
  }

  show() {
    this.#shown = true;
    this.#draw();
  }

  hide() {
    this.#shown = false;
  }

  /** @param sinks the sinks of the status, sorted by name */
  status(sinks) {
    this.#latest = sinks;
    for (const sink of sinks) {
      this.#remember(sink);
    }
    if (this.#shown) {
      this.#draw();
    }
  }

  #draw() {
    const names = this.#latest.map((sink) => sink.name);
    this.#document.getElementById('sinks-none').hidden = names.length > 0;
    this.#document.getElementById('sinks-note').hidden = names.length === 0;
    if ([...this.#items.keys()].join('\n') !== names.join('\n')) {
      this.#items = new Map(names.map((name) => [name, this.#items.get(name) ?? new Sink(name, (work) => this.#do(work))]));
      this.#list.replaceChildren(...[...this.#items.values()].map(({ item }) => item));
    }
    for (const sink of this.#latest) {
      this.#items.get(sink.name).show(sink, this.#rate(sink.name));
    }
  }

  /** How many events it has delivered, over the last half minute. */
  #remember(sink) {
    if (typeof sink.delivered === 'number') {
      const history = this.#history.get(sink.name) ?? [];
      if (history.length > 0 && history[history.length - 1].delivered > sink.delivered) {
        history.length = 0;
      }
      history.push({ at: Date.now(), delivered: sink.delivered });
      this.#history.set(sink.name, history.filter(({ at }) => at > Date.now() - 30000));
    }
  }

  /** Delivered events per second; undefined until two answers are known. */
  #rate(name) {
    const history = this.#history.get(name) ?? [];
    const first = history[0];
    const last = history[history.length - 1];
    return history.length < 2 ? undefined : (last.delivered - first.delivered) * 1000 / (last.at - first.at);
  }

  async #do(work) {
    say(this.#message, '');
    try {
      say(this.#message, await work());
    } catch (error) {
      say(this.#message, error.message);
    }
  }
}

class Sink {
  item;

  #name;
  #paused = false;
  #state;
  #progress;
  #error;
  #past;
  #facts = new Map();
  #pause;
  #letters;

  constructor(name, act) {
    this.#name = name;
    this.item = element('li');
    this.item.dataset.sink = name;
    const dot = element('span', 'dot');
    dot.setAttribute('aria-hidden', 'true');
    const words = element('h3', 'words');
    this.#state = element('span', null);
    words.append(element('b', null, name), ' ', this.#state);
    this.#pause = element('button', 'end', 'Pause');
    this.#pause.type = 'button';
    this.#pause.addEventListener('click', () => act(() => this.#toggle()));
    const head = element('div', 'bar');
    head.append(dot, words, this.#pause);
    this.#progress = element('p', 'more progress');
    this.#error = element('p', 'more error');
    this.#past = element('p', 'more past');
    const facts = element('dl', 'facts wide');
    for (const fact of ['Rate', 'Delivered', 'Last batch', 'Failed attempts', 'Refused', 'Dropped (size or age limit)']) {
      const value = element('dd', null, '–');
      const pair = element('div');
      pair.append(element('dt', null, fact), value);
      facts.append(pair);
      this.#facts.set(fact, value);
    }
    this.#letters = new DeadLetters(name, act);
    this.item.append(head, this.#progress, this.#error, this.#past, facts, this.#letters.element);
  }

  show(sink, rate) {
    this.item.className = sink.state;
    this.#paused = sink.state === 'paused';
    write(this.#state, sink.state);
    write(this.#pause, this.#paused ? 'Resume' : 'Pause');
    this.#pause.setAttribute('aria-label', `${this.#paused ? 'Resume' : 'Pause'} ${this.#name}`);
    write(this.#progress, waiting(sink));
    const error = sink.reason ?? (this.#paused ? sink.last_error : null);
    say(this.#error, error);
    const past = sink.last_failure && sink.last_failure !== error;
    say(this.#past, past ? `Last failure, ${clock(sink.last_failure_time)}: ${sink.last_failure}` : '');
    this.#fact('Rate', rate === undefined ? '–' : decimal(rate, 'events/s'));
    this.#fact('Delivered', number(sink.delivered));
    this.#fact('Last batch', sink.last_batch_ms > 0 ? decimal(sink.last_batch_ms, 'ms') : '–');
    this.#fact('Failed attempts', number(sink.failures));
    this.#fact('Refused', number(sink.rejected));
    this.#fact('Dropped (size or age limit)', number(sink.dropped));
    this.#letters.show(sink.dead_letters ?? 0, sink.retrying ?? 0);
  }

  #fact(name, value) {
    write(this.#facts.get(name), value);
  }

  async #toggle() {
    const command = this.#paused ? 'resume' : 'pause';
    this.#pause.disabled = true;
    try {
      await change(`api/sinks/${encodeURIComponent(this.#name)}/${command}`);
      return command === 'pause' ? `${this.#name} is paused.` : `${this.#name} resumes.`;
    } finally {
      this.#pause.disabled = false;
    }
  }
}

function waiting(sink) {
  if (typeof sink.backlog !== 'number') {
    return 'The journal cannot be read';
  }
  const backlog = sink.backlog === 0
    ? 'No backlog'
    : `${plural(sink.backlog, 'event')} waiting, the oldest for ${elapsed(sink.waiting_seconds)}`;
  const again = [
    sink.replaying > 0 ? [`${plural(sink.replaying, 'event')} to be replayed`] : [],
    sink.dead_letters > 0 ? [plural(sink.dead_letters, 'dead letter')] : [],
  ].flat();
  return [backlog, `${number(sink.delivered)} delivered`, ...again].join(' · ');
}
