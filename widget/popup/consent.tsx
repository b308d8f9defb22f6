/** What the visitor agrees to, in the number of boxes that the shop's law wants, none of them ticked. */

import type { PopupText } from '../../core/rules/popup.ts';
import type { View } from './view.ts';

export interface Box {
  name: 'data' | 'marketing';
  text: PopupText;
  required: boolean;
}

/** The boxes of each way to ask; without boxes, asking for the letter is the consent. */
function boxesOf(view: View): Box[] {
  switch (view.options.settings.consent) {
    case 'both':
      return [
        { name: 'data', text: 'consentData', required: true },
        { name: 'marketing', text: view.options.waitFor ? 'waitMarketing' : 'consentMarketing', required: false },
      ];
    case 'one':
      return [{ name: 'data', text: 'consentOne', required: true }];
    case 'none':
      return [];
  }
}

/** The boxes as they were ticked, and the words that stood beside them. */
export function consentOf(
  view: View,
  ticked: (name: string) => boolean,
): { data: boolean; marketing: boolean; text: string } {
  const boxes = boxesOf(view);
  const { say } = view.words;
  const data = boxes.length === 0 || ticked('data');
  return {
    data,
    marketing: boxes.length > 1 ? ticked('marketing') : data,
    text: (boxes.length ? boxes.map(({ text }) => say(text)) : [say('notice')]).join('\n'),
  };
}

export const Consent = ({ view }: { view: View }) => {
  const { say } = view.words;
  const boxes = boxesOf(view);
  const missing = view.stage.phase === 'asking' && view.stage.error === 'consentNeeded';
  if (!boxes.length) {
    return (
      <p class="small">
        {say('notice')} <Privacy view={view} />
      </p>
    );
  }
  return (
    <div class="boxes">
      {boxes.map(({ name, text, required }, index) => (
        <div class="box" key={name}>
          <label>
            <input
              type="checkbox"
              name={name}
              aria-required={required}
              aria-invalid={missing && required}
              aria-describedby={missing && required ? 'error' : undefined}
            />
            <span>{say(text)}</span>
          </label>
          {index === 0 && <Privacy view={view} />}
        </div>
      ))}
    </div>
  );
};

const Privacy = ({ view }: { view: View }) => {
  const { privacyUrl } = view.options.settings;
  if (!privacyUrl || !/^https?:\/\//i.test(privacyUrl)) return null;
  return (
    <a href={privacyUrl} target="_blank" rel="noopener noreferrer">
      {view.words.say('privacy')}
    </a>
  );
};
