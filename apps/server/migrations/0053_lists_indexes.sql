DROP INDEX "list_rows_target";--> statement-breakpoint
DROP INDEX "list_rows_unmatched";