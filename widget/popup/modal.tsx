/** The `modal` format: a card in the middle, one item's picture beside the words, or several items in a list. */

import { Asking } from './asking.tsx';
import { Done, doneTitle } from './done.tsx';
import { Picture, Price, pictureOf, Things } from './things.tsx';
import type { View } from './view.ts';

export const Modal = ({ view }: { view: View }) => {
  const { say, locale } = view.words;
  const { stage, options } = view;
  const [item, another] = options.items;
  const alone = item && !another ? item : null;
  const beside = stage.phase === 'asking' && alone && pictureOf(view, alone);
  const looks = beside ? 'wide' : another && stage.phase === 'asking' ? 'wide many' : '';
  const title = stage.phase === 'done' ? doneTitle(view, stage) : say(stage.phase === 'gone' ? 'gone' : 'title');
  return (
    <dialog class={looks} lang={locale} aria-labelledby="title" aria-describedby="text">
      <article>
        {beside && alone && (
          <div class="beside">
            <Picture view={view} item={alone} />
          </div>
        )}
        <div class="words">
          <h2 id="title" tabIndex={-1}>
            {title}
          </h2>
          {stage.phase === 'asking' && (
            <>
              <p class="text" id="text">
                {say('text')} {options.rule.offer.minOrder ? say('minOrder') : ''}
              </p>
              {beside && alone ? (
                <div class="alone">
                  <p class="name">{alone.title}</p>
                  <Price view={view} item={alone} />
                </div>
              ) : (
                options.items.length > 0 && <Things view={view} />
              )}
              <Asking view={view} stage={stage} />
            </>
          )}
          {stage.phase === 'done' && <Done view={view} stage={stage} />}
          {stage.phase === 'gone' && (
            <button class="accept" type="button" onClick={view.act.close}>
              {say('back')}
            </button>
          )}
        </div>
        <button class="close" type="button" aria-label={say('close')} onClick={view.act.decline}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M3 3l10 10M13 3L3 13" />
          </svg>
        </button>
      </article>
    </dialog>
  );
};
