/** The formats that leave the page usable: nothing is trapped or locked, and nobody's focus is taken. */

import type { PopupFormat, Theme } from '../../core/rules/popup.ts';
import { guarded, ignore } from '../guard.ts';
import { css } from './beside.css';
import { Body, Cross, titleOf } from './body.tsx';
import type { Format, Opened } from './format.ts';
import { loadable, Picture } from './things.tsx';
import { isOpen, type View } from './view.ts';

export type Beside = Exclude<PopupFormat, 'modal' | 'sheet'>;

/** A reader notices words that come into a region which was there before them. */
const ANNOUNCE_MS = 100;

/** In the page's flow: the host is a box of the page. */
const inFlow = ':host{position:static!important;display:block!important}';

export function besides(format: Beside): Format {
  const folds = format === 'bar' || format === 'tab';
  let folded = folds;
  let announced = false;
  let popup: Opened | undefined;
  /** What the card's cross does now. */
  let cross: (event: Event) => void = ignore;

  const fold = (event: Event): void => turn(true, event);
  const unfold = (event: Event): void => turn(false, event);

  function turn(to: boolean, event: Event): void {
    popup?.meant(() => {
      folded = to;
      popup?.draw();
      popup?.root.querySelector<HTMLElement>(to ? '.pull' : 'h2')?.focus();
    })(event);
  }

  function frame(view: View) {
    const { locale, direction } = view.words;
    const folding = folded && view.stage.phase !== 'telling';
    const title = titleOf(view);
    const card = format === 'tab' ? foldable(view) : view;
    cross = card.act.close;
    const of = { lang: locale, dir: direction, 'aria-labelledby': 'title' };
    return (
      <>
        <p class="aside" role="status" lang={locale}>
          {announced && isOpen(view.stage) && title}
        </p>
        {format === 'tab' && (
          <div class={`tab ${sideOf(view)}`} lang={locale} dir={direction} hidden={!folded}>
            <button class="pull" type="button" aria-expanded={false} onClick={unfold}>
              {view.words.say(view.stage.phase === 'done' ? 'shownTitle' : view.options.waitFor ? 'waitButton' : 'tab')}
            </button>
            <Cross view={view} onClick={view.act.close} />
          </div>
        )}
        {(format === 'slide' || format === 'tab') && (
          <section class={`slide ${sideOf(view)}`} role="dialog" {...of} hidden={folded}>
            <article>
              <Body view={card} />
              <Cross view={view} onClick={cross} />
            </article>
          </section>
        )}
        {format === 'bar' && (
          <section class={`bar at-${edgeOf(view.options.rule.popup.theme)}`} {...of}>
            <article>
              <Tease view={view} hidden={!folding} onClick={unfold} />
              <div class="full" hidden={folding}>
                <Body view={view} />
              </div>
              <Cross view={view} onClick={view.act.close} />
            </article>
          </section>
        )}
        {format === 'inline' && (
          <section class="inline" {...of}>
            <Body view={view} />
          </section>
        )}
      </>
    );
  }

  /** A tab comes back when its slide is closed, as long as there is something to come back to: the question, or the code. */
  function foldable(view: View): View {
    const { stage } = view;
    const lasting = isOpen(stage) || (stage.phase === 'done' && stage.answer.code);
    return lasting ? { ...view, act: { ...view.act, close: fold } } : view;
  }

  function show(opened: Opened): () => void {
    popup = opened;
    const { host, root, parts, close, draw } = opened;
    root.addEventListener(
      'keydown',
      guarded((event: Event) => {
        if (!(event instanceof KeyboardEvent) || event.key !== 'Escape') return;
        event.stopPropagation();
        if (format === 'tab' && !folded) fold(event);
        else close();
      }),
    );
    const slide = root.querySelector<HTMLElement>('.slide');
    if (slide) parts.onSwipe?.(slide, slide.matches('.at-left') ? 'left' : 'right', (event) => cross(event));
    const place = format === 'inline' ? document.querySelector('[data-linger-inline]') : null;
    (place ?? document.documentElement).append(host);
    setTimeout(
      guarded(() => {
        announced = true;
        draw();
      }),
      ANNOUNCE_MS,
    );
    return ignore;
  }

  return { css: format === 'inline' ? css + inFlow : css, teases: folds, frame, show };
}

const Tease = ({ view, hidden, onClick }: { view: View; hidden: boolean; onClick(event: Event): void }) => {
  const { rule, shop } = view.options;
  const logo = loadable(view, rule.popup.theme?.logo);
  return (
    <div class="tease" hidden={hidden}>
      {logo && <Picture view={view} image={logo} look="logo" alt={shop.name} />}
      {view.parts.Progress?.({ view }) || <p class="name">{titleOf(view)}</p>}
      <button class="accept" type="button" aria-expanded={false} onClick={onClick}>
        {view.words.say(view.options.waitFor ? 'waitButton' : 'open')}
      </button>
    </div>
  );
};

/** Without the shop's word, where the lines of the language end. */
function sideOf(view: View): string {
  const ends = view.words.direction === 'rtl' ? 'left' : 'right';
  const { side = ends } = view.options.rule.popup.theme ?? {};
  return side === 'left' ? 'at-left' : 'at-right';
}

const edgeOf = (theme?: Theme): string => (theme?.edge === 'top' ? 'top' : 'bottom');
