/**
 * The tabs, by the WAI-ARIA pattern: arrow keys, Home and End move and choose. The chosen tab is the hash of the URL, so that
 * it can be linked and the browser's back button works.
 */
export class Tabs {
  chosen = '';

  #document;
  #tabs;
  #views;
  #names;

  /** @param views by name: show() and hide() are called when a tab is chosen and left; name is for the window's title */
  constructor(document, views) {
    this.#document = document;
    this.#views = views;
    this.#tabs = [...document.querySelectorAll('[role=tab]')];
    this.#names = this.#tabs.map((tab) => tab.hash.slice(1));
    this.#tabs.forEach((tab) => tab.addEventListener('keydown', (event) => this.#move(event, tab)));
    addEventListener('hashchange', () => this.#follow());
    // A hidden window shows nothing, so it asks for nothing.
    document.addEventListener('visibilitychange', () => {
      const view = this.#views[this.chosen];
      if (document.hidden) {
        view?.hide?.();
      } else {
        view?.show?.();
      }
    });
  }

  start() {
    this.#follow();
  }

  #follow() {
    const hash = this.#document.location.hash.slice(1);
    this.#choose(this.#names.includes(hash) ? hash : this.#names[0]);
  }

  #choose(name) {
    if (name === this.chosen) {
      return;
    }
    this.#views[this.chosen]?.hide?.();
    this.chosen = name;
    this.#tabs.forEach((tab, index) => {
      const chosen = this.#names[index] === name;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      this.#document.getElementById(tab.getAttribute('aria-controls')).hidden = !chosen;
      if (chosen) {
        tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    });
    this.#views[name]?.show?.();
    this.onChoose?.();
  }

  #move(event, tab) {
    const at = this.#tabs.indexOf(tab);
    const last = this.#tabs.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
      ' ': at,
    }[event.key];
    if (to !== undefined && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.#document.location.hash = this.#names[to];
      this.#tabs[to].focus();
    }
  }
}
