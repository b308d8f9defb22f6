/** True in the chunk that has every format, step and look; the build leaves the rest out of the dialog's own. */
declare const FULL: boolean;
