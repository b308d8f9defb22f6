/** The build turns the style sheet into a text. */
export const css: string;
