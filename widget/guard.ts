/** The wall between us and the shop's page: nothing of ours ever throws into it. */

/** `act`, or undefined where it throws. */
export function guarded<Input extends unknown[], Output>(
  act: (...input: Input) => Output,
): (...input: Input) => Output | undefined {
  return (...input) => {
    try {
      return act(...input);
    } catch {
      return undefined;
    }
  };
}

/** For promises whose failure changes nothing. */
export const ignore = (): void => {};
