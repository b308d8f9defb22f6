/** The formats `modal` and `sheet`: a card in the middle or at the bottom edge, above everything, until it is answered. */

import { guarded, ignore } from '../guard.ts';
import { Body, Cross } from './body.tsx';
import type { Format, Opened } from './format.ts';
import { loadable, Picture } from './things.tsx';
import { isOpen, thingsOf, type View } from './view.ts';

/** One picture stands beside the words; several items stand there as a list. A sheet has no room beside. */
const frame = (view: View) => {
  const { options, stage, words } = view;
  const { format, theme } = options.rule.popup;
  const [item, another] = thingsOf(view);
  const alone = item && !another ? item : null;
  const image =
    isOpen(stage) && format === 'modal' && ((FULL && loadable(view, theme?.picture)) || loadable(view, alone?.image));
  const many = another && isOpen(stage) && format === 'modal';
  return (
    <dialog
      class={`${format} ${image ? 'wide' : many ? 'wide many' : ''}`}
      lang={words.locale}
      dir={words.direction}
      aria-labelledby="title"
      aria-describedby="text"
    >
      <article>
        {image && (
          <div class="beside">
            <Picture view={view} image={image} look="picture" />
          </div>
        )}
        <Body view={view} alone={image ? alone : null} />
        <Cross view={view} onClick={view.act.close} />
      </article>
    </dialog>
  );
};

function show({ host, root, parts, close, meant }: Opened): () => void {
  const dialog = root.querySelector('dialog');
  if (!dialog) return ignore;
  dialog.addEventListener(
    'cancel',
    guarded((event: Event) => {
      event.preventDefault();
      close();
    }),
  );
  // The card fills the dialog, so the dialog itself is only hit around it: on the backdrop.
  const backdrop = meant(close);
  dialog.addEventListener('click', (event) => event.target === dialog && backdrop(event));
  if (FULL && dialog.matches('.sheet')) parts.onSwipe?.(dialog, 'down', backdrop);
  if (!host.isConnected) document.documentElement.append(host);
  // What is modal makes a browser style the whole page anew: so it is only shown, at first.
  return () => {
    dialog.showModal();
    // The heading, not the field: a reader hears what this is, and no keyboard jumps up on a phone.
    root.querySelector('h2')?.focus({ preventScroll: true });
  };
}

export const modal: Format = { css: '', over: true, frame, show };
