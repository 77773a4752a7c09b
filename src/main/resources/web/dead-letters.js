import { change, read } from './api.js';
import { confirm } from './dialogs.js';
import { clock, element, plural, write } from './words.js';

/** A sink's dead letters: the newest with their reasons, to be retried or deleted. */
export class DeadLetters {
  element = element('details', 'letters');

  #sink;
  #act;
  #summary = element('summary');
  #note = element('p', 'quiet');
  #list = element('ul');
  #count = 0;

  /** @param act runs work that returns a message, and shows that or the error */
  constructor(sink, act) {
    this.#sink = sink;
    this.#act = act;
    this.element.hidden = true;
    const bar = element('div', 'bar');
    bar.append(
      this.#button('Retry all', () => this.#retry(null)),
      this.#button('Delete all…', () => this.#purge(), 'danger'),
    );
    this.element.append(this.#summary, bar, this.#note, this.#list);
    this.element.addEventListener('toggle', () => this.#load());
  }

  show(count, retrying) {
    this.element.hidden = count === 0;
    write(this.#summary, plural(count, 'dead letter') + (retrying > 0 ? `, ${retrying} queued for a retry` : ''));
    if (count !== this.#count) {
      this.#count = count;
      this.#load();
    }
  }

  async #load() {
    if (!this.element.open || this.#count === 0) {
      return;
    }
    try {
      const { letters, newest } = await read(this.#path(''));
      write(this.#note, letters > newest.length ? `The newest ${newest.length} of ${letters}:` : '');
      this.#list.replaceChildren(...newest.map((letter) => this.#item(letter)));
    } catch (error) {
      write(this.#note, error.message);
    }
  }

  #item({ event, time, reason, retry }) {
    const item = element('li');
    const words = element('div', 'bar');
    words.append(element('code', null, event), element('span', 'quiet', clock(time)));
    words.append(retry
      ? element('span', 'quiet end', 'queued for a retry')
      : this.#button('Retry', () => this.#retry(event), 'end'));
    item.append(words, element('p', 'more', reason ?? 'no reason given'));
    return item;
  }

  async #retry(event) {
    const { letters } = await change(this.#path('/retry'), event === null ? undefined : { events: [event] });
    await this.#load();
    return `${plural(letters, 'dead letter')} of ${this.#sink} will be delivered again.`;
  }

  async #purge() {
    const { letters: present, retrying, time } = await read(this.#path(''));
    const agreed = await confirm({
      title: `Delete ${plural(present - retrying, 'dead letter')} of ${this.#sink}?`,
      words: 'They cannot be delivered afterwards. The journal keeps the events themselves for as long as its limits allow.',
      yes: 'Delete',
    });
    if (!agreed) {
      return '';
    }
    // Not those that have arrived since the question.
    const { letters } = await change(this.#path('/purge'), { before: time });
    return `${plural(letters, 'dead letter')} of ${this.#sink} deleted.`;
  }

  #path(command) {
    return `api/sinks/${encodeURIComponent(this.#sink)}/dead-letters${command}`;
  }

  #button(words, work, className) {
    const button = element('button', className, words);
    button.type = 'button';
    button.addEventListener('click', () => this.#act(work));
    return button;
  }
}
