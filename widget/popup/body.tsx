/** The words of every format: what is offered on which items, and then what has come of it. */

import type { Item } from '../../core/catalogue/item.ts';
import { Asking } from './asking.tsx';
import { Done, doneTitle } from './done.tsx';
import { loadable, Picture, Price, Things } from './things.tsx';
import { isOpen, thingsOf, type View } from './view.ts';

/** `alone` is the only item, where its picture already stands beside the words. */
export const Body = ({ view, alone }: { view: View; alone?: Item | null }) => {
  const { stage, parts } = view;
  const { say } = view.words;
  const text = textOf(view);
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
          {text && (
            <p class="text" id="text">
              {text}
            </p>
          )}
          {FULL && parts.Progress?.({ view, heading: stage.phase === 'telling' })}
          {FULL && stage.phase === 'telling' ? null : alone ? (
            <div class="alone">
              <p class="name">
                <bdi>{alone.title}</bdi>
              </p>
              <Price view={view} item={alone} />
            </div>
          ) : (
            thingsOf(view).length > 0 && <Things view={view} />
          )}
          {FULL && parts.Opinions?.({ view })}
        </>
      )}
      {FULL && stage.phase === 'teasing' && parts.Teasing?.({ view })}
      {FULL && stage.phase === 'acting' && parts.Doing?.({ view, stage })}
      {stage.phase === 'asking' && <Asking view={view} stage={stage} />}
      {FULL && stage.phase === 'parting' && parts.Parting?.({ view })}
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
    case 'telling':
      return (FULL && view.parts.progressText?.(view)) || words.say('title');
    case 'teasing':
    case 'acting':
    case 'asking':
      return words.say(view.options.waitFor ? 'waitTitle' : 'title');
  }
}

function textOf({ options, stage, words: { say }, cart }: View): string {
  const { on, exclude, minOrder } = options.rule.offer;
  const least = minOrder ? say('minOrder') : '';
  if (options.waitFor) return say('waitText');
  if (FULL && stage.phase === 'telling') return cart === null ? least : '';
  const text = say(FULL && stage.phase === 'acting' ? 'actText' : 'text');
  const target = on === 'items' ? say('forItems') : on === 'cart' ? say('forCart') : '';
  const others = exclude?.reduced || exclude?.categories?.length ? say('except') : '';
  return [text, target, least, others].filter(Boolean).join(' ');
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
