/**
 * Loads the page again if a part of it did not arrive, so that nobody sits before an empty one: a telephone changed networks, say.
 *
 * A script of the plain old kind, because it must not need any other part.
 */
{
  const MOST = 3;
  const screen = document.getElementById('screen');

  /** How often it was tried stays with the entry in the history; main.js forgets it when there is something to see. */
  const again = () => {
    const tries = (history.state?.tries ?? 0) + 1;
    history.replaceState({ tries }, '');
    if (tries <= MOST) {
      setTimeout(() => location.reload(), 250 * 2 ** tries);
    } else {
      // The sentences in people's own languages may be what is missing.
      const banner = document.getElementById('banner');
      banner.textContent = 'Parts of this page did not arrive. Load it again when the network is better.';
      banner.hidden = false;
    }
  };
  let isComing = false;

  /** @param {Event} event  of a script that was not loaded, or did not run to its end */
  const notice = ({ target }) => {
    if (isComing || screen.childElementCount || (target !== window && !(target instanceof HTMLScriptElement))) return;
    isComing = true;
    again();
  };
  addEventListener('error', notice, true);
  addEventListener('unhandledrejection', notice);
}
