/** What comes of an accepted offer: a letter on its way, an address to confirm, or the code itself. */

import type { Done as DoneStage, View } from './view.ts';

export const doneTitle = ({ options, words }: View, { answer }: DoneStage): string =>
  words.say(options.waitFor ? 'waitDone' : answer.code ? 'shownTitle' : 'sentTitle');

export const Done = ({ view, stage }: { view: View; stage: DoneStage }) => {
  const { say, moment } = view.words;
  const { status, code, expiresAt } = stage.answer;
  const until = code ? moment(expiresAt) : '';
  const left = view.words.left(expiresAt, Date.now());
  const { applyUrl, waitFor } = view.options;
  const place = (code && applyUrl?.(code)) || '';
  const apply = /^(https?:\/)?\//i.test(place) && place;
  return (
    <div class="done">
      {code && (
        <div class="code">
          <output dir="ltr">{code}</output>
          <button type="button" onClick={view.act.copy}>
            {say(stage.copied ? 'copied' : 'copy')}
          </button>
        </div>
      )}
      <p class="text">
        {code && `${say('shownText')} `}
        {until && `${say('until', { until })} `}
        {!(code && status === 'shown') &&
          say(waitFor ? 'waitDoneText' : status === 'confirm' ? 'confirmText' : 'sentText', { email: stage.email })}
      </p>
      {left && (
        <p class="left" role="timer">
          {say('left', { left })}
        </p>
      )}
      {apply && (
        <a class="accept" href={apply}>
          {say('apply')}
        </a>
      )}
      <button class={apply ? 'decline' : 'accept'} type="button" onClick={view.act.close}>
        {say('back')}
      </button>
      <p class="aside" role="status">
        {stage.copied && say('copied')}
      </p>
    </div>
  );
};
