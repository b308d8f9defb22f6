/** One chunk of the widget, built alone: its TypeScript and style sheet become one minified file that imports nothing. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import { type Plugin, rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

/** es2020 has dynamic `import()`, and every browser that can show a `<dialog>` knows it. */
const TARGET = 'es2020';

/** https://github.com/WICG/explicit-javascript-compile-hints-file-based */
const HINT = '//# allFunctionsCalledOnLoad\n';

export interface Chunk {
  name: string;
  code: string;
  /** Of the code: part of the file's name, so that it may be cached for ever. */
  hash: string;
}

export interface ChunkInput {
  name: string;
  entry: string;
  /** `iife` for the script tag, `es` for what it imports. */
  format: 'iife' | 'es';
  /** Nearly all of it runs as soon as it is read: compiled at once, and not function by function, it costs the page half. */
  eager?: boolean;
  /** Names that the source declares and the build knows. */
  define?: Record<string, unknown>;
}

export async function bundle({ name, entry, format, eager = false, define = {} }: ChunkInput): Promise<Chunk> {
  const constants = Object.fromEntries(Object.entries(define).map(([key, value]) => [key, JSON.stringify(value)]));
  const build = await rollup({
    input: entry,
    plugins: [
      nodeResolve({ extensions: ['.mjs', '.js', '.ts', '.tsx'] }),
      styleSheet(),
      calledElements(),
      esbuild({
        target: TARGET,
        charset: 'utf8',
        jsx: 'transform',
        jsxFactory: 'h',
        jsxFragment: 'Fragment',
        define: constants,
        tsconfig: false,
      }),
      terser({
        ecma: 2020,
        module: format === 'es',
        compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true },
        format: { comments: false },
      }),
    ],
    onwarn: (warning) => {
      throw new Error(`building ${name}: ${warning.message}`);
    },
  });
  const { output } = await build.generate({ format, inlineDynamicImports: true });
  await build.close();
  const code = (eager ? HINT : '') + output[0].code;
  return { name, code, hash: createHash('sha256').update(code).digest('hex').slice(0, 10) };
}

/** A style sheet as `export const css`. */
const styleSheet = (): Plugin => ({
  name: 'style-sheet',
  async load(id) {
    if (!id.endsWith('.css')) return null;
    const { code } = await transform(await readFile(id, 'utf8'), {
      loader: 'css',
      minify: true,
      charset: 'utf8',
      target: ['chrome111', 'safari16.4', 'firefox113'],
    });
    return `export const css = ${JSON.stringify(code.trim())};`;
  },
});

/** JSX becomes calls of Preact's `h`; every part imports what it is made of. */
const calledElements = (): Plugin => ({
  name: 'called-elements',
  transform: (code, id) => (id.endsWith('.tsx') ? `import { Fragment, h } from 'preact';\n${code}` : null),
});
