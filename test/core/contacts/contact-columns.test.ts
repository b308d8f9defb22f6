import { describe, expect, it } from 'vitest';
import {
  contactColumn,
  dayOf,
  languageOf,
  momentOf,
  plainCell,
  saidYes,
  tagsOf,
} from '../../../core/contacts/contact-columns.ts';

describe('a column of a table', () => {
  it.each<[header: string, column: unknown]>([
    ['Email', 'email'],
    ['E-mail', 'email'],
    ['e_mail', 'email'],
    ['\uFEFFEmail Address', 'email'],
    ['Электронная почта', 'email'],
    ['Эл. почта', 'email'],
    ['Почта*', 'email'],
    ['Имя', 'name'],
    ['ФИО', 'name'],
    ['First Name', 'name'],
    ['Номер телефона', 'phone'],
    ['Дата рождения', 'birthday'],
    ['Date of Birth', 'birthday'],
    ['Город', 'city'],
    ['Метки', 'tags'],
    ['Язык', 'locale'],
    ['Часовой пояс', 'timezone'],
    ['Согласие на рассылку', 'consent'],
    ['Accepts Email Marketing', 'consent'],
    ['Текст согласия', 'consent.text'],
    ['consent_text', 'consent.text'],
    ['Consent date', 'consent.at'],
    ['consent.at', 'consent.at'],
    ['Date: wedding', { date: 'wedding' }],
    ['Дата: Годовщина свадьбы', { date: 'Годовщина свадьбы' }],
    ['Last Name', 'lastName'],
    ['Отчество', 'patronymic'],
    ['Shoe size', null],
    ['Date', null],
    ['constructor', null],
    ['', null],
  ])('%j is %j', (header, column) => expect(contactColumn(header)).toEqual(column));
});

describe('a cell', () => {
  it.each<[string, boolean | null | undefined]>([
    ['Да', true],
    [' yes ', true],
    ['1', true],
    ['TRUE', true],
    ['Подписан', true],
    ['нет', false],
    ['0', false],
    ['unsubscribed', false],
    ['', null],
    ['none', null],
    ['maybe', undefined],
    ['2', undefined],
  ])('of consent, %j, is %j', (cell, said) => expect(saidYes(cell)).toBe(said));

  it.each([
    ['27.03.1990', '1990-03-27'],
    ['7.3.1990', '1990-03-07'],
    ['27.03.', '03-27'],
    ['1990-03-27 00:00:00', '1990-03-27'],
    ['03-27', '03-27'],
    ['03/27/1990', '03/27/1990'],
  ])('of a day, %j, is %j', (cell, day) => expect(dayOf(cell)).toBe(day));

  it.each([
    ['2026-03-27', '2026-03-27T00:00:00Z'],
    ['27.03.2026', '2026-03-27T00:00:00Z'],
    ['27.03.2026 10:30', '2026-03-27T10:30:00Z'],
    ['2026-03-27 10:30:05 +0300', '2026-03-27T10:30:05+03:00'],
    ['2026-03-27 10:30:05 UTC', '2026-03-27T10:30:05Z'],
    ['2026-03-27T10:30:05.123Z', '2026-03-27T10:30:05.123Z'],
    ['last spring', 'last spring'],
  ])('of a moment, %j, is %j', (cell, moment) => expect(momentOf(cell)).toBe(moment));

  it('of tags holds several, and what exports have marked as text is what it was', () => {
    expect(tagsOf("club; vip, '@home |")).toEqual(['club', 'vip', '@home']);
    expect([plainCell("'+49 30 1"), plainCell("'t Hooft"), plainCell(" '=x")]).toEqual(['+49 30 1', "'t Hooft", '=x']);
    expect([languageOf('Русский'), languageOf('de_AT'), languageOf('en')]).toEqual(['ru', 'de-AT', 'en']);
  });
});
