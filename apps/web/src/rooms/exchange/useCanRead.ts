import { useSession } from '../../api/session.ts';

const READERS = ['desk', 'leader', 'officer', 'operator', 'analyst'];
const CONFIRMERS = ['desk', 'leader'];

/** What the acting role may do with status messages; the server decides. */
export function useCanRead(): { mayRead: boolean; mayConfirm: boolean } {
  const { acting } = useSession();
  return { mayRead: READERS.includes(acting.role), mayConfirm: CONFIRMERS.includes(acting.role) };
}
