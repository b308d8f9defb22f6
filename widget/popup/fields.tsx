/** What a rule asks for beside the address: a name, a birthday, a phone number. Each says next to itself what is wrong. */

import type { PopupField } from '../../core/rules/popup.ts';
import type { ClaimForm } from '../bridge.ts';
import type { FieldProblem, Filled } from './parts.ts';
import type { Asking, View } from './view.ts';

export { css } from './fields.css';

const PROBLEMS: Record<PopupField, FieldProblem> = {
  name: 'invalidName',
  birthday: 'invalidBirthday',
  phone: 'invalidPhone',
};

const INPUTS = {
  name: { type: 'text', autocomplete: 'given-name', inputMode: 'text', maxLength: 40 },
  phone: { type: 'tel', autocomplete: 'tel', inputMode: 'tel', maxLength: 32 },
} as const;

interface FieldProps {
  view: View;
  stage: Asking;
  field: PopupField;
}

export const Fields = ({ view, stage }: { view: View; stage: Asking }) => {
  const { fields = {} } = view.options.rule.popup;
  return (
    <>
      {fields.name && <Line view={view} stage={stage} field="name" />}
      {fields.birthday && <Birthday view={view} stage={stage} field="birthday" />}
      {fields.phone && <Line view={view} stage={stage} field="phone" />}
    </>
  );
};

const isRequired = ({ view, field }: FieldProps): boolean => view.options.rule.popup.fields?.[field] === 'required';
const isWrong = ({ stage, field }: FieldProps): boolean => stage.error === PROBLEMS[field];

const Label = (props: FieldProps) => {
  const { say } = props.view.words;
  return (
    <span>
      {say(props.field)}
      {!isRequired(props) && <small> ({say('optional')})</small>}
    </span>
  );
};

const Problem = (props: FieldProps) => (
  <p class="error" id={`${props.field}-error`} role="alert">
    {isWrong(props) && props.view.words.say(PROBLEMS[props.field])}
  </p>
);

/** What every input of a field says of itself. */
const saying = (props: FieldProps) => ({
  'aria-required': isRequired(props),
  'aria-invalid': isWrong(props),
  'aria-describedby': isWrong(props) ? `${props.field}-error` : undefined,
});

const Line = (props: FieldProps & { field: keyof typeof INPUTS }) => (
  <div class="field">
    <label for={props.field}>
      <Label {...props} />
    </label>
    <input id={props.field} name={props.field} {...INPUTS[props.field]} {...saying(props)} />
    <Problem {...props} />
  </div>
);

const Birthday = (props: FieldProps) => {
  const { say, locale } = props.view.words;
  const said = saying(props);
  return (
    <fieldset class="field">
      <legend>
        <Label {...props} />
      </legend>
      <div class="date">
        <Digits name="day" most={2} text={say('day')} {...said} />
        <select name="month" aria-label={say('month')} autocomplete="bday-month" {...said}>
          <option value="">{say('month')}</option>
          {monthsOf(locale).map((name, index) => (
            <option value={index + 1} key={name}>
              {name}
            </option>
          ))}
        </select>
        <Digits name="year" most={4} text={say('year')} label={`${say('year')}, ${say('optional')}`} />
      </div>
      <Problem {...props} />
    </fieldset>
  );
};

interface DigitsProps {
  name: 'day' | 'year';
  most: number;
  text: string;
  label?: string;
}

const Digits = ({ name, most, text, label = text, ...said }: DigitsProps) => (
  <input
    name={name}
    type="text"
    inputMode="numeric"
    autocomplete={`bday-${name}`}
    maxLength={most}
    placeholder={text}
    aria-label={label}
    {...said}
  />
);

/** As they stand beside a day: «31 января». */
function monthsOf(locale: string): string[] {
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return [...Array(12).keys()].map(
    (month) => dates.formatToParts(Date.UTC(2000, month)).find(({ type }) => type === 'month')?.value ?? '',
  );
}

/** The address of each field's first input, and what was typed there; the first that is wrong is named. */
export function readFields(view: View, typed: FormData): Filled {
  const { fields = {} } = view.options.rule.popup;
  const given: Pick<ClaimForm, 'name' | 'phone' | 'birthday'> = {};
  const text = (name: string): string => String(typed.get(name) ?? '').trim();
  for (const field of ['name', 'birthday', 'phone'] as const) {
    if (!fields[field]) continue;
    const value = field === 'birthday' ? birthday(text('day'), text('month'), text('year')) : text(field);
    const missing = value === '' && fields[field] === 'required';
    if (missing || value === null || (value && !FORMS[field].test(value)))
      return { problem: PROBLEMS[field], field: field === 'birthday' ? 'day' : field };
    if (value) given[field] = value;
  }
  return { given };
}

const FORMS: Record<PopupField, RegExp> = {
  name: /^\p{L}[\p{L}\p{M}\p{Zs}'’-]*$/u,
  birthday: /./,
  // However it is written.
  phone: /^\D*(\d\D*){7,15}$/,
};

/** `MM-DD` or `YYYY-MM-DD`; "" where nothing was typed, null where it is no day. */
function birthday(day: string, month: string, year: string): string | null {
  if (!(day + month + year)) return '';
  if (!/^\d{1,2}$/.test(day) || !month || !/^(\d{4})?$/.test(year)) return null;
  // Without a year, in one that has a 29th of February.
  const at = new Date(Date.UTC(Number(year || 2000), Number(month) - 1, Number(day)));
  if (at.getUTCDate() !== Number(day) || at.getTime() > Date.now() || at.getUTCFullYear() < 1900) return null;
  const iso = at.toISOString().slice(0, 10);
  return year ? iso : iso.slice(5);
}
