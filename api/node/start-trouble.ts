/** What to tell a person whose server didn't start. */

/** The system's and PostgreSQL's own words say what failed, and seldom what to do about it. */
export function startTrouble(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', port } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port ?? ''} is in use: stop what listens there, or set PORT to another.`.replace('  ', ' ');
    case 'EACCES':
      return `${error.message}: a port below 1024 needs rights that this user has not; set PORT to another.`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
    case 'CONNECT_TIMEOUT':
      return `The database that DATABASE_URL names can’t be reached (${error.message}).`;
    case '28P01':
    case '28000':
      return `The database refuses the user or the password of DATABASE_URL (${error.message}).`;
    case '3D000':
      return `${error.message}: create it, or name another in DATABASE_URL.`;
    default:
      return error.message;
  }
}
