/** Tables of people as shops export them: which column is which field, in English and Russian, and what the cells mean. Knows no files. */

export const CONTACT_CELLS = [
  'email',
  'name',
  'patronymic',
  'lastName',
  'nameStyle',
  'phone',
  'birthday',
  'locale',
  'timezone',
  'city',
  'tags',
  'source',
  'consent',
  'consent.text',
  'consent.at',
  'consent.page',
] as const;
export type ContactCell = (typeof CONTACT_CELLS)[number];

/** A field of a contact, or one of its dates by its name. */
export type ContactColumn = ContactCell | { date: string };

/** A cell as it was meant: exports put an apostrophe before what a spreadsheet might calculate. */
export const plainCell = (cell: string): string => cell.trim().replace(/^['’](?=\s*[=+\-@＝＋－＠])/, '');

/** As headers call them, in lower case, words parted by single spaces. */
const NAMES: Record<ContactCell, string> = {
  email:
    'email|e mail|mail|email address|e mail address|почта|электронная почта|эл почта|эл. почта|адрес почты|адрес электронной почты|имейл|емейл|емайл',
  name: 'name|first name|firstname|given name|full name|customer name|имя|фио|имя клиента|клиент|покупатель|имя покупателя',
  patronymic: 'patronymic|middle name|middlename|отчество',
  lastName: 'lastname|last name|surname|family name|second name|фамилия',
  nameStyle: 'namestyle|name style|form of address|обращение',
  phone: 'phone|phone number|telephone|mobile|mobile phone|телефон|тел|тел.|номер телефона|мобильный|мобильный телефон',
  birthday: 'birthday|birth date|birthdate|date of birth|dob|день рождения|дата рождения|др',
  locale: 'locale|language|lang|язык',
  timezone: 'timezone|time zone|часовой пояс',
  city: 'city|town|город|населённый пункт|населенный пункт',
  tags: 'tags|tag|labels|метки|теги|тэги|метка|тег',
  source: 'source|источник|откуда',
  consent:
    'consent|marketing|marketing consent|subscribed|opt in|optin|accepts marketing|accepts email marketing|email marketing consent|newsletter|согласие|согласие на рассылку|подписка|подписан|рассылка|согласие на рекламу',
  'consent.text': 'consent text|consent wording|текст согласия|формулировка согласия',
  'consent.at':
    'consent at|consent date|consent time|opt in time|optin time|subscribed at|дата согласия|дата подписки|время согласия',
  'consent.page': 'consent page|consent url|страница согласия',
};

const FIELD_OF = new Map<string, ContactCell>(
  CONTACT_CELLS.flatMap((field) => NAMES[field].split('|').map((name): [string, ContactCell] => [name, field])),
);

/** What the column holds; null where that is nothing of ours. `Date: wedding` and `Дата: свадьба` are dates of that name. */
export function contactColumn(header: string): ContactColumn | null {
  const name = plainCell(header.replace(/^\uFEFF/, '')).normalize('NFC');
  const date = /^(?:date|дата)\s*:\s*(\S.*)$/iu.exec(name)?.[1];
  if (date) return { date };
  const plain = name
    .toLowerCase()
    .replace(/[_\s-]+/g, ' ')
    .replace(/[*:]/g, '')
    .trim();
  return FIELD_OF.get(name.toLowerCase() as ContactCell) ?? FIELD_OF.get(plain) ?? fieldNamed(name);
}

/** Our own names, such as `consent.at`. */
const fieldNamed = (name: string): ContactCell | null =>
  CONTACT_CELLS.find((field) => field === name.toLowerCase()) ?? null;

const YES = new Set([
  'yes',
  'y',
  'true',
  '1',
  'on',
  '+',
  'да',
  'д',
  'истина',
  'subscribed',
  'подписан',
  'подписана',
  'согласен',
  'согласна',
]);
const NO = new Set([
  'no',
  'n',
  'false',
  '0',
  'off',
  '-',
  'нет',
  'н',
  'ложь',
  'unsubscribed',
  'отписан',
  'отписана',
  'не согласен',
  'не согласна',
]);
const NOTHING = new Set(['', 'none', 'n/a', 'null', '—']);

/** Null: the cell says nothing; undefined: nobody can say what it says. */
export function saidYes(cell: string): boolean | null | undefined {
  const said = cell.trim().toLowerCase();
  if (NOTHING.has(said)) return null;
  if (YES.has(said)) return true;
  return NO.has(said) ? false : undefined;
}

/** `27.03.1990`, `27.03`, `1990-03-27 00:00:00` as `1990-03-27` and `03-27`; what is none of these as it stands, for its field to refuse. */
export function dayOf(cell: string): string {
  const text = cell.trim();
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?\.?$/.exec(text) ?? [];
  if (day && month) return `${year ? `${year}-` : ''}${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}/.exec(text)?.[1] ?? text;
}

/** Moments as tables have them: ISO 8601, with `Z` where the zone is left out; a day begins at midnight there. `27.03.2026 10:30` likewise. */
export function momentOf(cell: string): string {
  const text = cell.trim();
  const [, day, month, year, time] =
    /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]+(\d{2}:\d{2}(?::\d{2})?))?$/.exec(text) ?? [];
  const iso =
    day && month ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${time ? `T${time}` : ''}` : text;
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return `${iso}T00:00:00Z`;
  const [, date, clock, rest] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(.*)$/.exec(iso) ?? [];
  if (!date || !clock) return text;
  const zone = /^(UTC|GMT)?$/i.test(rest ?? '') ? 'Z' : (rest ?? '').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return `${date}T${clock.length === 5 ? `${clock}:00` : clock}${zone}`;
}

const LANGUAGES: Record<string, string> = {
  русский: 'ru',
  рус: 'ru',
  russian: 'ru',
  английский: 'en',
  англ: 'en',
  english: 'en',
  german: 'de',
  deutsch: 'de',
};

export function languageOf(cell: string): string {
  const said = cell.trim();
  return LANGUAGES[said.toLowerCase()] ?? said.replaceAll('_', '-');
}

/** Parted by commas, semicolons or bars. */
export const tagsOf = (cell: string): string[] => cell.split(/[,;|]/).map(plainCell).filter(Boolean);
