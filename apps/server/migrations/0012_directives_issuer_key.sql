DROP INDEX "directives_issued_code";--> statement-breakpoint
ALTER TABLE "directives" ADD COLUMN "issuer_key" text;--> statement-breakpoint
CREATE UNIQUE INDEX "directives_issued_code" ON "directives" USING btree ("organisation","issuer_key","code","year") WHERE status <> 'draft';