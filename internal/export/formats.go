package export

import "casus/internal/kg"

// Formats lists all formats.
func Formats() []Format {
	return []Format{
		{
			Name: "gexf", Extension: "gexf", MediaType: "application/gexf+xml", Network: true,
			write: networkFormat(gexf), About: "GEXF 1.3 with times, for Gephi",
		},
		{
			Name: "graphml", Extension: "graphml", MediaType: "application/graphml+xml", Network: true,
			write: networkFormat(graphml), About: "GraphML, for networkx, igraph, yEd and Gephi",
		},
		{
			Name: "cytoscape", Extension: "cyjs", MediaType: "application/json", Network: true,
			write: networkFormat(cytoscape), About: "Cytoscape JSON, for cytoscape.js and Cytoscape",
		},
		{
			Name: "geojson", Extension: "geojson", MediaType: "application/geo+json",
			write: geojson, About: "GeoJSON, a feature for each event at each place that has a point",
		},
		{
			Name: "timelinejs", Extension: "json", MediaType: "application/json",
			write: timelinejs, About: "TimelineJS, a slide for each event that has a time",
		},
		{
			Name: "csv", Extension: "csv", MediaType: "text/csv; charset=utf-8", Tabular: true,
			write: csvTable, About: "CSV for spreadsheets, R and pandas: events, participants, claims, figures",
		},
		{
			Name: "parquet", Extension: "parquet", MediaType: "application/vnd.apache.parquet", Tabular: true,
			write: parquetTable, About: "Parquet for data frames: events, participants, claims, figures",
		},
		{
			Name: "jsonld", Extension: "jsonld", MediaType: "application/ld+json",
			write: jsonld, About: "JSON-LD with terms of schema.org and PROV",
		},
		{
			Name: "casus", Extension: "jsonl", MediaType: "application/jsonl",
			write: records, keepsRetracted: true, About: "the extraction format: what casus load reads",
		},
	}
}

// Names lists the formats' names.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Find returns a format by its name. For an unknown name it returns BAD_INPUT with the valid names.
func Find(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, kg.Errorf(kg.BadInput, "unknown format %q: use one of %v", name, Names())
}
