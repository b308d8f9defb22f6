/** A form was sent: a word that it has arrived. */

import type { Recipe } from '../flows/recipe.ts';
import { ANN, CRITIC, day, FINISHES, NO_WAY, ORDERED, sends } from './cast.ts';

/** To the staff. */
const SENT_FORM = {
  en: 'Somebody has sent a form. Please answer them.',
  ru: 'Кто-то отправил форму. Пожалуйста, ответьте.',
};

const SENT = { at: day(0), on: 'form_submitted', form: 'generate_lead' } as const;

const GUIDE = {
  id: 'guide',
  title: 'Guide to tea',
  price: null,
  currency: null,
  url: 'https://shop.example/guide.pdf',
};
const ASKED = { at: day(0), on: 'form_submitted', form: 'download', items: [GUIDE] } as const;

export const DOWNLOAD: Recipe = {
  key: 'download',
  names: { en: 'Material to download', ru: 'Материал для скачивания' },
  about: {
    en: 'Sends what a download form was about at once; who also subscribes gets the welcome after it.',
    ru: 'Сразу присылает то, что просили в форме скачивания; кто при этом подписался, получит следом приветствие.',
  },
  needs: ['forms'],
  flow: {
    key: 'download',
    name: 'Material to download',
    enabled: true,
    // What they asked for; it sells nothing.
    purpose: 'transactional',
    entry: { on: 'form_submitted', form: 'download' },
    stopOn: [],
    steps: [{ send: 'form-answer' }],
  },
  scenarios: {
    'new visitor': {
      person: { ...ANN, marketing: 'none' },
      events: [ASKED],
      expect: [sends('form-answer'), FINISHES],
    },
    'asks twice': {
      person: ANN,
      events: [ASKED, { ...ASKED, at: day(1) }],
      expect: [sends('form-answer'), FINISHES, sends('form-answer'), FINISHES],
    },
    'has unsubscribed': {
      person: { ...ANN, marketing: 'unsubscribed' },
      events: [ASKED],
      expect: [sends('form-answer'), FINISHES],
    },
    'nobody says what it is': {
      person: ANN,
      events: [{ at: day(0), on: 'form_submitted', form: 'download' }],
      expect: [{ do: 'drop', reason: 'nothing_to_show' }, FINISHES],
    },
    'sends another form': {
      person: ANN,
      events: [{ ...ASKED, form: 'generate_lead' }],
      expect: [],
    },

    buyer: { person: ANN, events: [ORDERED, ASKED], expect: [sends('form-answer'), FINISHES] },
    critic: { person: CRITIC, events: [ASKED], expect: [sends('form-answer'), FINISHES] },
  },
  tried: {
    'new visitor': 'new visitor',
    'never bought': 'new visitor',
    buyer: 'buyer',
    subscriber: 'asks twice',
    critic: 'critic',
    'act done': 'new visitor',
    'act not done': 'sends another form',
    'similar letter yesterday': 'asks twice',
    ...NO_WAY,
  },
};

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

    'writes again the next day': {
      person: ANN,
      events: [SENT, { ...SENT, at: day(1) }],
      expect: [sends('form-answer'), FINISHES, sends('form-answer'), FINISHES],
    },
    buyer: { person: ANN, events: [ORDERED, SENT], expect: [sends('form-answer'), FINISHES] },
    critic: { person: CRITIC, events: [SENT], expect: [sends('form-answer'), FINISHES] },
    'asks for a material': { person: ANN, events: [ASKED], expect: [] },
  },
  tried: {
    'new visitor': 'new visitor',
    'never bought': 'new visitor',
    buyer: 'buyer',
    subscriber: 'writes again the next day',
    critic: 'critic',
    'act done': 'new visitor',
    'act not done': 'asks for a material',
    'similar letter yesterday': 'writes again the next day',
    ...NO_WAY,
  },
};
