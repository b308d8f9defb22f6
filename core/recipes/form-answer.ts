/** A form was sent: a word that it has arrived. */

import type { Recipe } from '../recipe.ts';
import { ANN, day, FINISHES, sends } from './cast.ts';

/** To the staff. */
const SENT_FORM = {
  en: 'Somebody has sent a form. Please answer them.',
  ru: 'Кто-то отправил форму. Пожалуйста, ответьте.',
};

const SENT = { at: day(0), on: 'form_submitted', form: 'generate_lead' } as const;

export const FORM_ANSWER: Recipe = {
  key: 'form-answer',
  names: { en: 'Form received', ru: 'Форма получена' },
  about: {
    en: 'Tells the sender of a form at once that it has arrived, and tells your staff.',
    ru: 'Сразу сообщает отправителю, что форма получена, и пишет вашим людям.',
  },
  needs: ['forms'],
  flow: {
    key: 'form-answer',
    name: 'Form received',
    enabled: true,
    // An answer to what they asked; it sells nothing.
    purpose: 'transactional',
    entry: { on: 'form_submitted', form: 'generate_lead' },
    stopOn: [],
    steps: [{ send: 'form-answer' }, { notify: SENT_FORM.en }],
  },
  notes: [SENT_FORM],
  scenarios: {
    'new visitor': {
      person: { ...ANN, marketing: 'none' },
      events: [SENT],
      expect: [sends('form-answer'), { do: 'notify' }, FINISHES],
    },
    'has unsubscribed': {
      person: { ...ANN, marketing: 'unsubscribed' },
      events: [SENT],
      expect: [sends('form-answer'), FINISHES],
    },
  },
};
