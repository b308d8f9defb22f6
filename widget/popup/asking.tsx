/** The offer and the question for an address, with an equally easy no. */

import { Consent } from './consent.tsx';
import type { Asking as AskingStage, View } from './view.ts';

export const Asking = ({ view, stage }: { view: View; stage: AskingStage }) => {
  const { say } = view.words;
  const { waitFor } = view.options;
  const wrongAddress = stage.error === 'invalidEmail';
  // Between other fields a problem stands by its own.
  const Fields = FULL && view.options.rule.popup.fields && view.parts.Fields;
  const elsewhere = Fields && /^invalid/.test(stage.error ?? '');
  const problem = elsewhere ? 'email-error' : 'error';
  return (
    <form class={Fields ? 'long' : ''} noValidate onSubmit={view.act.submit}>
      <label class="field" for="email">
        <span>{say('email')}</span>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          inputMode="email"
          autocapitalize="off"
          spellcheck={false}
          maxLength={254}
          aria-required="true"
          aria-invalid={wrongAddress}
          aria-describedby={wrongAddress ? problem : undefined}
        />
        {Fields && (
          <p class="error" id="email-error" role="alert">
            {wrongAddress && say('invalidEmail')}
          </p>
        )}
      </label>
      {Fields && <Fields view={view} stage={stage} />}
      {/* People never meet this field; programs fill it in. */}
      <div class="aside" aria-hidden="true">
        <input name="website" type="text" tabIndex={-1} autocomplete="off" />
      </div>
      <Consent view={view} />
      <p class="error" id="error" role="alert">
        {stage.error && !elsewhere && say(stage.error)}
      </p>
      <button class="accept" type="submit" onClick={view.act.press} aria-busy={stage.busy} aria-disabled={stage.busy}>
        {say(waitFor ? 'waitButton' : 'button')}
      </button>
      <button class="decline" type="button" onClick={view.act.decline}>
        {say('decline')}
      </button>
    </form>
  );
};
