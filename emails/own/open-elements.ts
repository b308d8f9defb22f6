/** Which elements stand open, and where another may begin: by the rules that browsers close tags by, so that nothing is ever moved out of its cell. */

const HOLDERS = new Set(['table', 'thead', 'tbody', 'tfoot']);
const SECTIONS = new Set(['thead', 'tbody', 'tfoot']);
const CELLS = new Set(['td', 'th']);
const BLOCKS = new Set('blockquote center div h1 h2 h3 hr li ol p table ul'.split(' '));
const DEEPEST = 40;

export const isCell = (name: string): boolean => CELLS.has(name);
export const isBlock = (name: string): boolean => BLOCKS.has(name) || name === 'tr';
const isTable = (name: string): boolean => name === 'table';
const isHolder = (name: string): boolean => HOLDERS.has(name);
const isList = (name: string): boolean => name === 'ul' || name === 'ol';
const isWall = (name: string): boolean => isCell(name) || isTable(name);
const isOnlyIn = (name: string): boolean => isCell(name) || name === 'tr' || SECTIONS.has(name);

export interface OpenElements<Note> {
  push(name: string, note: Note): void;
  /** Whether text would stand between the cells of a table. */
  betweenCells(): boolean;
  /** Closes what the element ends by beginning; false where it can't stand here. */
  makeRoom(name: string): boolean;
  /** Closes it and what is open inside of it; nothing where it isn't open. */
  close(name: string): void;
  closeAll(): void;
}

export function openElements<Note>(closed: (name: string, note: Note) => void): OpenElements<Note> {
  const open: { name: string; note: Note }[] = [];
  const top = (): string => open.at(-1)?.name ?? '';
  const betweenCells = (): boolean => isHolder(top()) || top() === 'tr';

  const closeTo = (length: number): void => {
    for (let last = open.pop(); last; last = open.length > length ? open.pop() : undefined)
      closed(last.name, last.note);
  };
  /** Where the nearest of these stands open on this side of the wall; -1 for nowhere. */
  const nearest = (is: (name: string) => boolean, wall: (name: string) => boolean): number => {
    for (let index = open.length - 1; index >= 0; index -= 1) {
      const name = open[index]?.name ?? '';
      if (is(name)) return index;
      if (wall(name)) return -1;
    }
    return -1;
  };
  const goInto = (is: (name: string) => boolean, wall: (name: string) => boolean): boolean => {
    const holder = nearest(is, wall);
    if (holder >= 0 && holder + 1 < open.length) closeTo(holder + 1);
    return holder >= 0;
  };

  return {
    push: (name, note) => open.push({ name, note }),
    betweenCells,
    makeRoom(name) {
      if (open.length >= DEEPEST) return false;
      if (isCell(name)) return goInto((one) => one === 'tr', isTable);
      if (name === 'tr') return goInto(isHolder, isTable);
      if (SECTIONS.has(name)) return goInto(isTable, isTable);
      if (betweenCells()) return false;
      if (name === 'li') return goInto(isList, isWall);
      const ended = isBlock(name) ? 'p' : name === 'a' ? 'a' : null;
      const before = ended ? nearest((one) => one === ended, isWall) : -1;
      if (before >= 0) closeTo(before);
      return true;
    },
    close(name) {
      const wall = isTable(name) ? () => false : isOnlyIn(name) ? isTable : isWall;
      const index = nearest((one) => one === name, wall);
      if (index >= 0) closeTo(index);
    },
    closeAll: () => closeTo(0),
  };
}
