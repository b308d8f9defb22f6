/** The words of every format: what is offered on which items, and then what has come of it. */

import type { Item } from '../../core/item.ts';
import { Asking } from './asking.tsx';
import { Done, doneTitle } from './done.tsx';
import { Parting, Teasing } from './steps.tsx';
import { loadable, Picture, Price, Things } from './things.tsx';
import { isOpen, type View } from './view.ts';

/** `alone` is the only item, where its picture already stands beside the words. */
export const Body = ({ view, alone }: { view: View; alone?: Item | null }) => {
  const { options, stage } = view;
  const { say } = view.words;
  return (
    <div class="words">
      <header>
        {FULL && <Logo view={view} />}
        <h2 id="title" tabIndex={-1}>
          {titleOf(view)}
        </h2>
      </header>
      {isOpen(stage) && (
        <>
          <p class="text" id="text">
            {say('text')} {options.rule.offer.minOrder ? say('minOrder') : ''}
          </p>
          {alone ? (
            <div class="alone">
              <p class="name">{alone.title}</p>
              <Price view={view} item={alone} />
            </div>
          ) : (
            options.items.length > 0 && <Things view={view} />
          )}
        </>
      )}
      {FULL && stage.phase === 'teasing' && <Teasing view={view} />}
      {stage.phase === 'asking' && <Asking view={view} stage={stage} />}
      {FULL && stage.phase === 'parting' && <Parting view={view} />}
      {stage.phase === 'done' && <Done view={view} stage={stage} />}
      {stage.phase === 'gone' && (
        <button class="accept" type="button" onClick={view.act.close}>
          {say('back')}
        </button>
      )}
    </div>
  );
};

export function titleOf(view: View): string {
  const { stage, words } = view;
  switch (stage.phase) {
    case 'done':
      return doneTitle(view, stage);
    case 'gone':
      return words.say('gone');
    case 'parting':
      return words.say('reasonTitle');
    case 'teasing':
    case 'asking':
      return words.say('title');
  }
}

const Logo = ({ view }: { view: View }) => {
  const { rule, shop } = view.options;
  const logo = loadable(view, rule.popup.theme?.logo);
  return logo && <Picture view={view} image={logo} look="logo" alt={shop.name} />;
};

export const Cross = ({ view, onClick }: { view: View; onClick(event: Event): void }) => (
  <button class="close" type="button" aria-label={view.words.say('close')} onClick={onClick}>
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M3 3l10 10M13 3L3 13" />
    </svg>
  </button>
);
