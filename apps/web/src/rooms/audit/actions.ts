/** Every act that the log may hold, by room; the labels are in the messages under the same names. */
export const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  identity: ['signed_in', 'sign_in_failed', 'acting_changed', 'language_chosen', 'password_changed', 'password_reset', 'person_created', 'person_disabled', 'person_enabled', 'role_granted', 'role_revoked', 'session_ended', 'started'],
  organisations: ['created', 'corrected', 'renamed', 'moved', 'supervised', 'supervision_ended', 'reorganised', 'alias_added', 'alias_removed', 'group_created', 'group_changed', 'group_members_changed', 'phrase_mapped', 'phrase_forgotten', 'import_uploaded', 'imported', 'exported'],
  contacts: ['added', 'changed', 'ended', 'confirmed', 'all_confirmed', 'unmasked'],
  directives: ['read', 'corrected', 'phrase_mapped', 'discarded', 'issued', 'completed', 'amended', 'derived', 'withdrawal_proposed', 'withdrawn', 'withdrawal_declined', 'handover_ordered', 'handed_over', 'source_downloaded'],
  tasks: ['assigned', 'opened', 'received', 'refused', 'answered', 'asked', 'replied', 'noted', 'assigned_person', 'unassigned_person', 'submitted', 'submission_withdrawn', 'more_asked', 'accepted', 'reopened', 'extension_asked', 'extension_granted', 'extension_declined', 'handed_over', 'moved', 'amended', 'withdrawn'],
  evidence: ['added', 'downloaded'],
  reminders: ['sent', 'called', 'seen', 'mail_sent', 'mail_dropped'],
  duty: ['called', 'picked', 'handed_over'],
  standing: ['exported'],
  sample: ['loaded'],
};

export const ACTION_ROOMS: readonly string[] = Object.keys(ACTIONS);

/** Room and verb of `identity.signed_in` where both are known, else null: an act made by a newer version is shown under its own name. */
export function knownAction(action: string): { room: string; verb: string } | null {
  const [room = '', verb = ''] = action.split('.');
  return ACTIONS[room]?.includes(verb) === true ? { room, verb } : null;
}
