import { useSession } from '../../api/session.ts';

/** Whether the acting role prepares and issues directives; the server decides. */
export function useCanDraft(): boolean {
  const { role } = useSession().acting;
  return role === 'desk' || role === 'leader';
}
