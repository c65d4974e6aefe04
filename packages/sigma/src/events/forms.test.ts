import { describe, expect, it } from 'vitest';
import type { SigmaEvent, Value } from '../event.ts';
import { readMapping } from '../mapping/form.ts';
import type { Logsource } from '../model.ts';
import { EventReader, eventOf } from './reader.ts';

/** The values of a field, as a rule would see them. */
function field(event: SigmaEvent | null, name: string): Value[] {
  return (event?.shape.names ?? []).flatMap((names, slot) => (names.includes(name) ? [event?.value(slot) ?? null].flat() : []));
}

function belongs(event: SigmaEvent | null, wanted: Partial<Logsource>): boolean {
  return (event?.class.sources ?? []).some((source) =>
    (Object.entries(wanted) as [keyof Logsource, string][]).every(([part, value]) => source[part] === value),
  );
}

function xml(channel: string, id: number, data: Record<string, unknown>, provider = channel): object {
  const System = { Provider: { '#attributes': { Name: provider } }, EventID: id, Channel: channel, Computer: 'pc', EventRecordID: 7 };
  return { Event: { '#attributes': { xmlns: 'x' }, System, EventData: data } };
}

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

type Form = [string, object, Partial<Logsource>, Record<string, Value>?];

/** A form, an event of it, a log source that it belongs to, fields that rules ask for. */
const FORMS: readonly Form[] = [
  ['Sysmon, evtx_dump', xml(SYSMON, 1, { Image: 'a.exe' }), { product: 'windows', category: 'process_creation', service: 'sysmon' }, { Image: 'a.exe', EventID: 1, Provider_Name: SYSMON }],
  ['Sysmon, EventID with qualifiers', { Event: { System: { EventID: { '#attributes': { Qualifiers: 0 }, '#text': 11 }, Channel: SYSMON }, EventData: { TargetFilename: 'x' } } }, { category: 'file_event' }, { EventID: 11, EventID_Qualifiers: 0 }],
  ['Sysmon, named Data in a list', { Event: { System: { EventID: '3', Channel: SYSMON }, EventData: { Data: [{ '@Name': 'Image', '#text': 'a.exe' }, { '@Name': 'DestinationPort', '#text': '443' }] } } }, { category: 'network_connection' }, { Image: 'a.exe', DestinationPort: '443' }],
  ['Sysmon, attributes with an at sign', { Event: { System: { EventID: { '@Qualifiers': '0', '#text': '1' }, Provider: { '@Name': 'Microsoft-Windows-Sysmon' } } } }, { category: 'process_creation' }, { EventID_Qualifiers: '0' }],
  ['Sysmon, attributes without a sign', { System: { EventID: 1, Provider: { Name: 'Microsoft-Windows-Sysmon' } }, EventData: { Image: 'a.exe' } }, { category: 'process_creation' }, { Image: 'a.exe' }],
  ['Sysmon, flattened', { 'Event.System.EventID.#text': 1, 'Event.System.Provider.#attributes.Name': 'Microsoft-Windows-Sysmon', 'Event.EventData.Image': 'a.exe' }, { category: 'process_creation' }, { Image: 'a.exe' }],
  ['Sysmon, Winlogbeat', { winlog: { channel: SYSMON, event_id: 10, event_data: { TargetImage: 'lsass.exe' } }, event: { code: '10' } }, { category: 'process_access', service: 'sysmon' }, { TargetImage: 'lsass.exe', EventID: [10, '10'] }],
  ['Sysmon, Winlogbeat with dotted keys', { 'winlog.channel': SYSMON, 'event.code': '7', 'winlog.event_data.ImageLoaded': 'x.dll', 'process.executable': 'a.exe' }, { category: 'image_load' }, { ImageLoaded: 'x.dll', Image: 'a.exe', EventID: '7' }],
  ['Sysmon, flat without a channel', { EventID: 22, SourceName: 'Microsoft-Windows-Sysmon', QueryName: 'a.vn' }, { category: 'dns_query', product: 'windows' }, { QueryName: 'a.vn', Provider_Name: 'Microsoft-Windows-Sysmon' }],
  ['Sysmon, Wazuh', { data: { win: { system: { channel: SYSMON, eventID: '1' }, eventdata: { commandLine: 'a /b', parentImage: 'c' } } } }, { category: 'process_creation' }, { CommandLine: 'a /b', ParentImage: 'c' }],
  ['an export of Elasticsearch', { _index: 'i', _id: '1', _source: { winlog: { channel: 'Security', event_id: 4624, event_data: { LogonType: '3' } } } }, { service: 'security' }, { LogonType: '3' }],
  ['4688', xml('Security', 4688, { NewProcessName: 'a.exe', ParentProcessName: 'b.exe', SubjectUserName: 'u', MandatoryLabel: 'S-1-16-12288', SubjectLogonId: '0x3e7', ProcessId: '0x4' }), { category: 'process_creation', service: 'security' }, { Image: 'a.exe', NewProcessName: 'a.exe', ParentImage: 'b.exe', User: 'u', IntegrityLevel: 'S-1-16-12288', LogonId: '0x3e7', ParentProcessId: '0x4' }],
  ['4719', xml('Security', 4719, { SubcategoryGuid: '0CCE9217-69AE-11D9-BED3-505054503030' }), { service: 'security' }, { SubcategoryGuid: ['0CCE9217-69AE-11D9-BED3-505054503030', '{0CCE9217-69AE-11D9-BED3-505054503030}'] }],
  ['script block', xml('PowerShellCore/Operational', 4104, { ScriptBlockText: 'iex' }), { category: 'ps_script', service: 'powershell' }, { ScriptBlockText: 'iex' }],
  ['classic PowerShell', xml('Windows PowerShell', 400, { Data: { '#text': ['Available', 'HostName=x'] } }), { category: 'ps_classic_start', service: 'powershell-classic' }, { Data: ['Available', 'HostName=x'] }],
  ['classic PowerShell, Winlogbeat', { winlog: { channel: 'Windows PowerShell', event_id: 600, event_data: { param1: 'Registry', param3: 'HostName=x' } } }, { category: 'ps_classic_provider_start' }, { Data: ['Registry', 'HostName=x'] }],
  ['Defender', xml('Microsoft-Windows-Windows Defender/Operational', 1116, { 'Threat Name': 'EICAR', Path: 'x' }), { category: 'antivirus', service: 'windefend' }, { ThreatName: 'EICAR', Threat_Name: 'EICAR', 'Threat Name': 'EICAR', Signature: 'EICAR', Filename: 'x' }],
  ['UserData', { Event: { System: { EventID: 1102, Channel: 'Security' }, UserData: { LogFileCleared: { '#attributes': { xmlns: 'y' }, SubjectUserName: 'u' } } } }, { service: 'security' }, { SubjectUserName: 'u' }],
  ['DNS client', xml('Microsoft-Windows-DNS-Client/Operational', 3008, { QueryName: 'x' }), { service: 'dns-client' }],
  ['AppLocker', xml('Microsoft-Windows-AppLocker/EXE and DLL', 8004, { FilePath: 'x' }), { service: 'applocker' }],
  ['RPC Firewall', xml('RPCFW', 3, { InterfaceUuid: 'x' }), { product: 'rpc_firewall', category: 'application' }, { EventLog: 'RPCFW' }],
  ['ETW file', xml('Microsoft-Windows-Kernel-File/Analytic', 12, { FileName: 'x' }, 'Microsoft-Windows-Kernel-File'), { product: 'windows', category: 'file_access' }, { FileName: 'x' }],
  ['Sysmon for Linux', xml('Linux-Sysmon/Operational', 1, { Image: '/bin/ls' }, 'Linux-Sysmon'), { product: 'linux', category: 'process_creation' }, { Image: '/bin/ls' }],
  ['auditd, a record', { type: 'SYSCALL', msg: 'audit(1700000000.123:4)', exe: '/bin/cp', key: 'k' }, { product: 'linux', service: 'auditd' }, { exe: '/bin/cp', type: 'SYSCALL' }],
  ['auditd, EXECVE', { type: 'EXECVE', argc: 2, a0: 'cat', a1: '/etc/shadow' }, { product: 'linux', category: 'process_creation' }, { CommandLine: 'cat /etc/shadow', a1: '/etc/shadow' }],
  ['auditd, records together', { SYSCALL: { syscall: 59, exe: '/bin/cat' }, EXECVE: { argc: 2, ARGV: ['cat', '/etc/shadow'] } }, { product: 'linux', category: 'process_creation' }, { Image: '/bin/cat', CommandLine: 'cat /etc/shadow' }],
  ['Auditbeat', { event: { module: 'auditd', category: ['process'], type: ['start'] }, host: { os: { type: 'linux' } }, auditd: { message_type: 'syscall', data: { a0: 'x' } }, process: { executable: '/bin/ls', args: ['ls', '-l'] } }, { product: 'linux', category: 'process_creation' }, { CommandLine: 'ls -l', a0: 'x', type: 'syscall' }],
  ['journald', { __REALTIME_TIMESTAMP: '1700000000000000', _HOSTNAME: 'h', SYSLOG_IDENTIFIER: 'sshd', MESSAGE: 'Failed' }, { product: 'linux', service: 'sshd' }, { Message: 'Failed' }],
  ['macOS in ECS', { event: { category: 'process', type: 'start' }, host: { os: { type: 'macos' } }, process: { executable: '/bin/ls', command_line: 'ls' } }, { product: 'macos', category: 'process_creation' }, { Image: '/bin/ls', CommandLine: 'ls' }],
  ['eslogger', { schema_version: 1, event_type: 9, process: { executable: { path: '/bin/zsh' } }, event: { exec: { target: { executable: { path: '/bin/ls' } }, args: ['ls', '-l'] } } }, { product: 'macos', category: 'process_creation' }, { CommandLine: 'ls -l', Image: ['/bin/zsh', '/bin/ls'] }],
  ['Zeek', { _path: 'dns', query: 'a.vn', qtype_name: 'A', answers: ['1.2.3.4'] }, { product: 'zeek', service: 'dns' }, { query: 'a.vn', record_type: 'A', answer: '1.2.3.4' }],
  ['Zeek DNS as category', { _path: 'dns', query: 'a.vn', qtype_name: 'A' }, { category: 'dns' }],
  ['Zeek without its name', { 'id.orig_h': '1.1.1.1', trans_depth: 1, method: 'GET', uri: '/x', host: 'h', user_agent: 'u' }, { product: 'zeek', service: 'http' }, { 'c-uri': '/x', 'cs-method': 'GET', 'c-useragent': 'u' }],
  ['Suricata', { event_type: 'http', flow_id: 1, src_ip: '1.1.1.1', http: { url: '/x', http_method: 'GET', http_user_agent: 'u', status: 200 } }, { category: 'proxy' }, { 'c-uri': '/x', 'sc-status': 200 }],
  ['IIS', { 'cs-method': 'GET', 'cs-uri-stem': '/a', 'cs-uri-query': 'b=1', 'cs(User-Agent)': 'u', 'sc-status': 200 }, { category: 'webserver' }, { 'cs-user-agent': 'u' }],
  ['nginx', { remote_addr: '1.1.1.1', request: 'GET /x?y HTTP/1.1', status: '200', http_user_agent: 'u' }, { category: 'webserver' }, { 'cs-uri-query': 'GET /x?y HTTP/1.1', 'sc-status': '200' }],
  ['web server in ECS', { event: { dataset: 'apache.access' }, url: { original: '/x?y', path: '/x', query: 'y' }, http: { request: { method: 'GET' }, response: { status_code: 200 } } }, { category: 'webserver' }, { 'cs-uri-query': ['/x?y', 'y'], 'cs-uri-stem': '/x', 'cs-method': 'GET', 'sc-status': 200 }],
  ['proxy', { 'c-uri': 'http://x/', 'c-useragent': 'u', 'cs-method': 'GET' }, { category: 'proxy' }],
  ['firewall', { src_ip: '1.1.1.1', dst_ip: '2.2.2.2', dst_port: 22, action: 'deny' }, { category: 'firewall' }],
  ['FortiGate', { devid: 'FG1', logid: '0100044546', type: 'event', subtype: 'system', action: 'Add', cfgpath: 'system.admin' }, { product: 'fortigate', service: 'event' }],
  ['NetFlow', { event: { dataset: 'netflow.log' }, destination: { port: 21 } }, { service: 'netflow' }, { 'destination.port': 21 }],
  ['Cisco', { message: 'Jan 1 00:00:00: %BGP-3-NOTIFICATION: sent' }, { product: 'cisco', service: 'bgp' }],
  ['CloudTrail', { eventVersion: '1.08', eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', requestParameters: { userName: 'u' } }, { product: 'aws', service: 'cloudtrail' }, { requestParameters: '{"userName":"u"}', 'requestParameters.userName': 'u' }],
  ['Azure activity', { category: 'Administrative', operationName: 'MICROSOFT.COMPUTE/X/DELETE', resourceId: '/s' }, { product: 'azure', service: 'activitylogs' }, { OperationNameValue: 'MICROSOFT.COMPUTE/X/DELETE' }],
  ['Entra audit', { category: 'AuditLogs', operationName: 'Add user', properties: { result: 'success', targetResources: [{ type: 'User' }] } }, { product: 'azure', service: 'auditlogs' }, { 'properties.message': 'Add user', 'targetResources.type': 'User', OperationName: 'Add user' }],
  ['Entra sign-in', { category: 'SignInLogs', resultType: '50126', properties: { riskState: 'atRisk' } }, { product: 'azure', service: 'signinlogs' }, { ResultType: '50126', RiskState: 'atRisk' }],
  ['Entra risk', { riskEventType: 'anonymizedIPAddress' }, { product: 'azure', service: 'riskdetection' }],
  ['Google Cloud', { logName: 'projects/p/logs/cloudaudit.googleapis.com%2Factivity', protoPayload: { methodName: 'v1.x', serviceName: 's' } }, { product: 'gcp', service: 'gcp.audit' }, { 'gcp.audit.method_name': 'v1.x', 'data.protoPayload.serviceName': 's' }],
  ['a name with an at sign that is no attribute', { alertIncidents: { '@odata.type': 'x' } }, { product: 'azure', service: 'pim' }, { riskEventType: 'x' }],
  ['Google Workspace', { protoPayload: { serviceName: 'login.googleapis.com', metadata: { event: [{ eventName: 'suspicious_login' }] } } }, { product: 'gcp', service: 'google_workspace.login' }, { 'protoPayload.metadata.event.eventName': 'suspicious_login' }],
  ['Okta', { eventType: 'user.lock', published: '2024-01-01T00:00:00Z', outcome: { result: 'SUCCESS' }, target: [{ displayName: 'a' }, { displayName: 'b' }] }, { product: 'okta', service: 'okta' }, { 'target.displayName': ['a', 'b'] }],
  ['OneLogin', { event_type_id: 17 }, { product: 'onelogin', service: 'onelogin.events' }],
  ['Microsoft 365', { Workload: 'Exchange', Operation: 'New-InboxRule', Parameters: [{ Name: 'ForwardTo', Value: 'x' }] }, { product: 'm365', service: 'audit' }, { Parameters: '[{"Name":"ForwardTo","Value":"x"}]' }],
  ['Microsoft 365 threats', { eventSource: 'SecurityComplianceCenter', eventName: 'Activity', status: 'success' }, { product: 'm365', service: 'threat_management' }],
  ['GitHub', { action: 'org.add_member', actor: 'a', org: 'o' }, { product: 'github', service: 'audit' }],
  ['Bitbucket', { auditType: { category: 'Projects', action: 'Project deleted' } }, { product: 'bitbucket', service: 'audit' }, { 'auditType.action': 'Project deleted' }],
  ['Kubernetes', { apiVersion: 'audit.k8s.io/v1', verb: 'create', objectRef: { resource: 'pods', apiGroup: 'x' }, requestObject: { spec: { volumes: [{ hostPath: { path: '/' } }] } } }, { category: 'application', product: 'kubernetes', service: 'audit' }, { 'objectRef.resource': 'pods', apiGroup: 'x', hostPath: ['{"path":"/"}', '/'] }],
  ['OpenCanary', { logtype: 2000, node_id: 'n', dst_host: '', logdata: { USERNAME: 'u' } }, { category: 'application', product: 'opencanary' }, { logtype: 2000 }],
  ['Spring', { logger_name: 'org.springframework.web', thread_name: 't', message: 'm' }, { category: 'application', product: 'spring' }],
]; // prettier-ignore

describe('forms of events', () => {
  it.each(FORMS)('%s', (_, decoded, source, fields = {}) => {
    const event = eventOf(decoded);
    expect(belongs(event, source), event?.class.key).toBe(true);
    for (const [name, value] of Object.entries(fields)) expect(field(event, name), name).toEqual([value].flat());
  });

  it('an event belongs to no log that it is not of', () => {
    const none: Form[] = [
      ['Sysmon for Linux is not Windows', xml('Linux-Sysmon/Operational', 1, {}), { product: 'windows' }],
      ['another log with the same event id', xml('Application', 1, {}), { category: 'process_creation' }],
      ['4689 is no creation', xml('Security', 4689, { ProcessName: 'a' }), { category: 'process_creation' }],
      ['a key made is none deleted', xml(SYSMON, 12, { EventType: 'CreateKey' }), { category: 'registry_delete' }],
      ['a channel that only begins alike', xml('Security Other', 4688, {}), { service: 'security' }],
      [
        'a process that ended',
        { event: { category: 'process', type: 'end' }, host: { os: { type: 'linux' } } },
        { category: 'process_creation' },
      ],
      ['a service that is not Amazon', { eventSource: 'x.example.com', eventName: 'y' }, { product: 'aws' }],
    ];
    for (const [name, decoded, source] of none) expect(belongs(eventOf(decoded), source), name).toBe(false);
    expect(eventOf({ anything: 1 })?.class.sources).toEqual([]);
    for (const nothing of [null, 1, 'x', [], {}]) expect(eventOf(nothing)).toBe(null);
  });

  it('registry events belong to their kind and to registry_event', () => {
    const kinds = [
      [12, 'CreateKey', 'registry_add'],
      [12, 'DeleteKey', 'registry_delete'],
      [12, 'DeleteValue', 'registry_delete'],
      [13, 'SetValue', 'registry_set'],
      [14, 'RenameKey', 'registry_rename'],
    ] as const;
    for (const [id, EventType, category] of kinds) {
      const event = eventOf(xml(SYSMON, id, { EventType, TargetObject: 'HKLM' }));
      expect(belongs(event, { category, product: 'windows' })).toBe(true);
      expect(belongs(event, { category: 'registry_event', service: 'sysmon' })).toBe(true);
    }
  });
});

describe('what events share', () => {
  it('classes and shapes of equal events are the same objects, whatever the values', () => {
    const one = eventOf(xml(SYSMON, 1, { Image: 'a' }));
    const other = eventOf(xml(SYSMON, 1, { Image: 'b' }));
    const third = eventOf(xml(SYSMON, 5, { Image: 'b' }));
    expect(other?.class).toBe(one?.class);
    expect(other?.shape).toBe(one?.shape);
    expect(third?.class).not.toBe(one?.class);
    expect(eventOf({ EventID: 1, Channel: SYSMON })?.class).toBe(one?.class);
  });

  it('a class that depends on a value is found again after many others', () => {
    const reader = new EventReader();
    const first = reader.of({ _path: 'dns', query: 'x' })?.class;
    for (let i = 0; i < 200; i++) reader.of({ _path: `other${i}`, query: 'x' });
    expect(reader.of({ _path: 'dns', query: 'x' })?.class).toBe(first);
    expect(reader.of({ _path: 'DNS?', query: 'x' })?.class.sources).toEqual([]);
  });
});

describe("the user's own", () => {
  it('log sources are added to those found', () => {
    const declared = { category: null, product: 'huawei', service: 'bgp' };
    const reader = new EventReader({ logsources: [declared] });
    expect(reader.of({ line: 'x' })?.class.sources).toEqual([declared]);
    expect(belongs(reader.of(xml('Security', 1, {})), { service: 'security' })).toBe(true);
  });

  it('mapping adds logs and names', () => {
    const text = `
      version: 1
      logs:
        - when: {vendor: acme*, kind: [login, logout]}
          source: {product: acme}
          names: {User: [account.name]}
          kinds: [{when: {kind: login}, source: {category: authentication}}]`;
    const event = new EventReader({ mappings: [readMapping(text)] }).of({ vendor: 'ACME-1', kind: 'login', account: { name: 'u' } });
    expect(belongs(event, { product: 'acme', category: 'authentication' })).toBe(true);
    expect(field(event, 'User')).toEqual(['u']);
  });

  it.each([
    ['version: 2', 'mapping-form', 'version'],
    ['version: 1\nlogs: {}', 'mapping-form', 'logs must be a list'],
    ['version: 1\nlogs: [{when: {a: 1}, sourse: {product: x}}]', 'mapping-form', 'sourse'],
    ['version: 1\nlogs: [{when: {}, source: {product: x}}]', 'mapping-form', 'logs[0].when'],
    ['version: 1\nlogs: [{when: {a: []}}]', 'mapping-form', 'logs[0].when.a'],
    ['version: 1\nlogs: [{when: {a: 1}, source: {product: 1}}]', 'mapping-form', 'logs[0].source'],
    ['version: 1\nnames: {User: user}', 'mapping-form', 'names.User'],
    ['a: [', 'mapping-syntax', 'mine.yml'],
    [' '.repeat(1_000_001), 'mapping-size', 'larger'],
  ])('mapping with a mistake is refused with its place: %#', (text, code, place) => {
    expect(() => readMapping(text, 'mine.yml')).toThrow(expect.objectContaining({ code, message: expect.stringContaining(place) }));
  });
});

it('an event about another event has its own id alone; the channel of a cleared log answers beside its own', () => {
  const system = { Provider: { '#attributes': { Name: 'Microsoft-Windows-Eventlog' } }, EventID: 1108, Channel: 'Security' };
  const event = eventOf({ Event: { System: system, UserData: { EventProcessingFailure: { EventID: 4647, Channel: 'Other' } } } });
  expect(field(event, 'EventID')).toEqual([1108]);
  expect(field(event, 'Channel')).toEqual(['Security', 'Other']);
});
