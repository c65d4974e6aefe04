export { type CorrelationHit, Correlator, type CorrelatorOptions } from './correlate/correlator.ts';
export { compile, type Engine, type Hit } from './engine/engine.ts';
export type { EventClass, Shape, SigmaEvent, Value } from './event.ts';
export { EventReader, eventOf, type EventOptions } from './events/reader.ts';
export type { EvtxEvent, RecordView } from './events/evtx-event.ts';
export { MappingError, type MappingFile, readMapping } from './mapping/form.ts';
export type { About, Correlation, Level, Logsource, Origin, Rule, RuleError, RuleSet } from './model.ts';
export { type Pipeline, readPipeline } from './pipeline.ts';
export { type ReadOptions, readRules } from './read.ts';
