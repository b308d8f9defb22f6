/** A global of the page's, or undefined. Asking for one that isn't there makes a browser look through all named elements: this doesn't. */

export const ownGlobal = (name: string): unknown =>
  Reflect.getOwnPropertyDescriptor(window, name) && Reflect.get(window, name);
