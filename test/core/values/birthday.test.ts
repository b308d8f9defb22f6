import { expect, it } from 'vitest';
import { isBirthday } from '../../../core/values/birthday.ts';
import { BIRTHDAYS, TODAY } from '../../cases/birthdays.ts';

it.each(BIRTHDAYS)('takes %j for a birthday: %j', (text, is) => {
  expect(isBirthday(text, TODAY)).toBe(is);
});
