/**
 * What is used of liquidjs. It is taken from the build for browsers, which knows no file system on any runtime; its own types would
 * bring Node's into rooms that must not know them.
 */
declare module 'liquidjs/dist/liquid.browser.mjs' {
  export interface Token {
    input: string;
    begin: number;
    getPosition(): [line: number, column: number];
    getText(): string;
  }

  export interface Template {
    token: Token & { name?: string };
    children?(partials: boolean, sync: boolean): Generator<unknown, Template[]>;
    arguments?(): Iterable<object>;
    localScope?(): Iterable<{ content: string }>;
  }

  export interface Emitter {
    buffer: string;
    write(text: unknown): void;
  }

  export interface Limiter {
    use(count: number): void;
    check(count: number): void;
  }

  export class Context {
    constructor(
      data: object,
      options: object,
      how: { sync: boolean },
      limits: { renderLimit: Limiter; memoryLimit: Limiter; liquid: Liquid },
    );
  }

  export class Liquid {
    constructor(options: Record<string, unknown>);
    readonly options: object;
    readonly tags: Record<string, unknown>;
    readonly filters: Record<string, unknown>;
    readonly renderer: { renderTemplates(templates: Template[], context: Context, emitter: Emitter): unknown };
    parse(source: string): Template[];
    registerTag(
      name: string,
      tag: {
        parse(this: { name: string }, token: Token & { args: string }): void;
        render(this: { name: string }, context: Context, emitter: Emitter): void;
      },
    ): void;
  }

  export function toValueSync(value: unknown): unknown;
}
