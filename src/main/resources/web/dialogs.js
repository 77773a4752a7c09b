/** Asks before something that cannot be undone. Resolves to whether the user agreed. */
export function confirm({ title, words, yes }) {
  const dialog = document.getElementById('confirm');
  document.getElementById('confirm-title').textContent = title;
  document.getElementById('confirm-words').textContent = words;
  const button = document.getElementById('confirm-yes');
  button.textContent = yes;
  return new Promise((resolve) => {
    const done = (agreed) => () => {
      dialog.onclose = null;
      dialog.close();
      resolve(agreed);
    };
    button.onclick = done(true);
    document.getElementById('confirm-no').onclick = done(false);
    dialog.onclose = done(false);
    dialog.showModal();
  });
}

/** Lets the buttons of a dialog and a click beside it close it. */
export function closable(dialog) {
  dialog.querySelectorAll('[data-close]').forEach((button) => button.addEventListener('click', () => dialog.close()));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
}
