/** Terms that server and screens both name; no schema here, so that a page that shows one does not load them. */

/** For how long a first password is good. @unit days */
export const FIRST_PASSWORD_DAYS = 14;
