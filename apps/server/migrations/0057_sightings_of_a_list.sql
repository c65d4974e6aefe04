DROP INDEX "sightings_finding";--> statement-breakpoint
CREATE INDEX "sightings_finding" ON "sightings" USING btree ("finding","list","seen_at");