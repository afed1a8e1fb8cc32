package loader_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/dates"
	"casus/loader/mapping"
	"casus/loader/mapping/draft"
)

// TestDraftsOfTables drafts mappings for tables of the kinds that are published, loads them, and checks the events:
// time; place; actors by role; figures; title. A place is its names from the smallest, with the point and the country.
func TestDraftsOfTables(t *testing.T) {
	for _, c := range []struct {
		name, file, content string
		dates               dates.Order
		want                []string
		notCarried          string // columns
	}{
		{
			name: "terrorism database", file: "incidents.csv",
			content: "eventid,iyear,imonth,iday,approxdate,extended,country,country_txt,region,region_txt,provstate,city," +
				"latitude,longitude,specificity,attacktype1,attacktype1_txt,targtype1,targtype1_txt,target1,gname,nkill," +
				"nkillus,nwound\n" +
				"200101020001,2001,1,2,,0,999,Kenya,11,Sub-Saharan Africa,Coast,Mombasa,-4.05,39.66,1,3,Bombing/Explosion,1," +
				"Business,A hotel,Group One,3,0,12\n" +
				"200101000002,2001,1,0,January 2001,0,999,Kenya,11,Sub-Saharan Africa,Coast,Unknown,,,5,2,Armed Assault,14," +
				"Private Citizens,Villagers,Unknown,-99,0,\n" +
				"200100000003,2001,0,0,,0,999,Kenya,11,Sub-Saharan Africa,Unknown,Unknown,,,5,9,Unknown,14,Private Citizens," +
				"Not Applicable,Group Two,1,0,0\n",
			want: []string{
				"2001-01-02; Mombasa @-4.05,39.66, Coast, Kenya KE; INITIATOR Group One, RECIPIENT A hotel; " +
					"KILLED 3, WOUNDED 12; Bombing/Explosion, Group One, A hotel, Mombasa",
				"2001-01; Coast, Kenya KE; RECIPIENT Villagers; ; Armed Assault, Villagers",
				"2001; Kenya KE; INITIATOR Group Two; KILLED 1, WOUNDED 0; Unknown, Group Two",
			},
			notCarried: "approxdate extended country region region_txt specificity attacktype1 targtype1 targtype1_txt nkillus",
		},
		{
			name: "protest dataset", file: "protests.csv",
			content: "id,country,ccode,year,region,protest,protestnumber,startday,startmonth,startyear,endday,endmonth," +
				"endyear,location,participants_category,protesteridentity,stateresponse1,sources,notes\n" +
				"201990001,Canada,20,1990,North America,1,1,15,1,1990,17,1,1990,national,100-999,Teachers,ignore,a paper," +
				"Teachers march for pay.\n" +
				"201990002,Canada,20,1990,North America,1,2,.,6,1990,.,6,1990,Montreal,50-99,Students,arrests,a paper," +
				"Students march.\n",
			want: []string{
				"1990-01-15/1990-01-17; national, North America, Canada CA; PARTICIPANT Teachers; ; Teachers march for pay.",
				"1990-06; Montreal, North America, Canada CA; PARTICIPANT Students; ; Students march.",
			},
			notCarried: "ccode year protest protestnumber participants_category stateresponse1",
		},
		{
			name: "arms transfers", file: "register.csv",
			content: "Recipient;Supplier;Year of order;Number ordered;Weapon designation;Weapon description;Number " +
				"delivered;Year(s) of delivery;Status;Comments\n" +
				"Arland;Boria;2001;10;X-1;Tank;10;2002; 2003;New;For the army\n" +
				"Cetia;Boria;2003;2;Y-2;Frigate;2;2005;New;\n",
			want: []string{
				"", // the row has a field too many
				"2003; ; INITIATOR Boria, RECIPIENT Cetia; ; Frigate",
			},
			notCarried: "Number ordered Weapon designation Number delivered Year(s) of delivery Status",
		},
		{
			name: "conflict events export", file: "export.csv",
			content: "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2," +
				"country,admin1,admin2,location,latitude,longitude,source,notes,fatalities\n" +
				"KEN1,03 December 2020,2020,1,Battles,Armed clash,Force A,,Force B,Kenya,Coast,Tana River,Bridge town,-1.5,40.1," +
				"A Paper,They fought.,4\n" +
				"KEN2,04 December 2020,2020,1,Protests,Peaceful protest,Protesters,Students,,Kenya,Coast,Kilifi,Kilifi," +
				"-3.63,39.85,A Paper,A march.,0\n",
			want: []string{
				"2020-12-03; Bridge town @-1.5,40.1, Tana River, Coast, Kenya KE; INITIATOR Force A, RECIPIENT Force B; KILLED " +
					"4; They fought.",
				"2020-12-04; Kilifi @-3.63,39.85, Kilifi, Coast, Kenya KE; INITIATOR Protesters; KILLED 0; A march.",
			},
			notCarried: "year time_precision event_type assoc_actor_1",
		},
		{
			name: "incident tracker with commas", file: "tracker.csv",
			content: "Datum;Uhrzeit;Ort;Breite;Länge;lat;lon;Tote;Verletzte\n" +
				"31.12.2023;10:00;Hafen;1;2;48,5956;38,01;2;-9\n" +
				"01.01.2024;11:00;Hafen;1;2;48,60;38,10;1.200;3\n",
			want: []string{
				"2023-12-31; Hafen @48.5956,38.01; ; KILLED 2; Hafen",
				"2024-01-01; Hafen @48.6,38.1; ; WOUNDED 3; Hafen", // 1.200 might be 1.2
			},
			notCarried: "Uhrzeit Breite Länge",
		},
		{
			name: "points only", file: "strikes.csv",
			content: "id,date,lat,lon,killed\n1,2025-01-01,48.5956,38.0,3\n2,2025-01-02,-0.0,38.1,5+\n3,2025-01-03,-99,-99,0\n",
			want: []string{
				"2025-01-01; 48.5956,38 @48.5956,38; ; KILLED 3; strikes",
				"2025-01-02; 0,38.1 @0,38.1; ; ; strikes",
				"2025-01-03; ; ; KILLED 0; strikes",
			},
		},
		{
			name: "a point in one column", file: "wkt.csv",
			content:    "uid,when,geometry,what\n1,28-Jan-90,POINT (38.5 -9),a\n2,1-Feb-05,,b\n",
			want:       []string{"1990-01-28; -9,38.5 @-9,38.5; ; ; wkt", "2005-02-01; ; ; ; wkt"},
			notCarried: "what",
		},
		{
			name: "American dates", file: "shootings.csv", dates: dates.MonthFirst,
			content: "Incident ID,Incident Date,State,City Or County,Victims Killed,Victims Injured\n" +
				"9,1/2/2024,Ohio,Dayton,1,2\n10,3/4/2024,Ohio,Akron,0,4\n",
			want: []string{
				"2024-01-02; Dayton, Ohio; ; KILLED 1, WOUNDED 2; Dayton",
				"2024-03-04; Akron, Ohio; ; KILLED 0, WOUNDED 4; Akron",
			},
		},
		{
			name: "low, best and high", file: "deaths.tsv",
			content: "event_id\tdate_start\tdate_end\tside_a\tside_b\tdeaths_civilians\tbest\thigh\tlow\tcountry\tadm_1\n" +
				"5.0\t2001-01-01 00:00:00.000\t2001-01-03 00:00:00.000\tA\tB\t2.0\t5.0\t9.0\t4.0\tPeru\tLima\n",
			want: []string{
				"2001-01-01/2001-01-03; Lima, Peru PE; INITIATOR A, RECIPIENT B; KILLED 4 5 9, KILLED CIVILIAN 2; A, B, Lima",
			},
		},
		{
			name: "objects", file: "events.jsonl",
			content: `{"id":1,"date":"2024-01-02","title":"Clash","place":{"name":"Harbour","country":"Kenya",` +
				`"position":{"lat":-4.05,"lon":39.66}},` +
				`"actors":[{"name":"Force A","role":"x"},{"name":"Force B"}],"deaths":{"killed":2,"wounded":null},"url":"https://paper.example/1"}` + "\n" +
				`{"id":2,"date":null,"year":2024,"title":"Talks","place":null,"actors":null,"url":"https://paper.example/2","date_end":"2024-02-01"}` + "\n" +
				`{"id":3,"date":"2024-03-01","title":"March","place":{"name":"Square"},"actors":[],"tags":["a"],"url":null}`,
			want: []string{
				"2024-01-02; Harbour @-4.05,39.66, Kenya KE; PARTICIPANT Force A, PARTICIPANT Force B; KILLED 2; Clash",
				"2024-02-01; ; ; ; Talks",
				"2024-03-01; Square; ; ; March",
			},
			notCarried: "deaths.wounded tags year",
		},
		{
			name: "times of day", file: "sigacts.csv",
			content: "time,event_type,target,city\n2004-01-01 00:20:00,IED,Coalition Forces,Baghdad\n" +
				"2004-01-01 09:45:00,IED,Coalition Forces,Baghdad\n",
			want: []string{
				"2004-01-01T00:20:00; Baghdad; RECIPIENT Coalition Forces; ; IED, Coalition Forces, Baghdad",
				"2004-01-01T09:45:00; Baghdad; RECIPIENT Coalition Forces; ; IED, Coalition Forces, Baghdad",
			},
		},
		{
			name: "codes of countries", file: "codes.csv",
			content: "data_id,iso3,event_date,fatalities\n1,KEN,2020/05/01,NA\n2,UGA,2020/05/02,1\n",
			want:    []string{"2020-05-01; Kenya KE; ; ; codes", "2020-05-02; Uganda UG; ; KILLED 1; codes"},
		},
		{
			name: "equal rows without ids", file: "raids.csv",
			content: "date,town\n2004-01-01,Harbour\n2004-01-01,Harbour\n",
			want:    []string{"2004-01-01; Harbour; ; ; Harbour", "2004-01-01; Harbour; ; ; Harbour"},
		},
		{
			name: "GeoJSON", file: "raids.geojson",
			content: `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Raid","date":"2022-01-01"},"geometry":{"type":"Point","coordinates":[38,48.5]}},
{"type":"Feature","properties":{"name":"Raid","date":"2022-01-01"},"geometry":null},
{"type":"Feature","properties":{"name":"March","date":"2022-01-02"},
"geometry":{"type":"MultiPoint","coordinates":[[179,10],[-179,10]]}}]}`,
			want: []string{
				"2022-01-01; 48.5,38 @48.5,38; ; ; Raid", "2022-01-01; ; ; ; Raid", "2022-01-02; 10,180 @10,180; ; ; March",
			},
			notCarried: "geometry_points geometry_type",
		},
		{
			name: "HXL tags", file: "tagged.csv",
			content: "id,date,town,dead\n,#date,#loc+name,#affected+killed\n1,2020-01-02,Harbour,2\n",
			want:    []string{"2020-01-02; Harbour; ; KILLED 2; Harbour"},
		},
		{
			name: "months", file: "monthly.csv",
			content: "country_name,year,month,deaths_total\nPeru,1990,January,4\nPeru,1990,2,None\n",
			want:    []string{"1990-01; Peru PE; ; KILLED 4; Peru", "1990-02; Peru PE; ; ; Peru"},
		},
		{
			name: "words of others' columns", file: "pairs.csv",
			content: "record_id,source_country,target_country,country,source_actor,target_actor,actor_type,story_id," +
				"publication_date,event_date,source_url,attacker_location,city\n" +
				"1,Peru,Chile,Kenya,Army,Rebels,state,77,2020-03-05,2020-03-01,https://paper.example/1,Lima,Mombasa\n",
			want: []string{
				"2020-03-01; Mombasa, Kenya KE; INITIATOR Army, RECIPIENT Rebels; ; Army, Rebels, Mombasa",
			},
			notCarried: "source_country target_country actor_type story_id attacker_location",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := file(c.file, strings.TrimSuffix(c.content, "\n"))
			columns, rows, err := loader.FirstRows(in, "", 1000)
			if err != nil {
				t.Fatal(err)
			}
			source := draft.Mapping(draft.Sample{Name: draft.Name(c.file), Columns: columns, Rows: rows,
				Dates: c.dates})
			m, err := mapping.Parse("draft.yaml", []byte(source), nil)
			if err != nil {
				t.Fatalf("%v\n%s", err, source)
			}
			var got []string
			if err := loader.EachRow(in, m, func(records []mapping.Record, err error) error {
				if err != nil {
					t.Log(err)
				}
				got = append(got, eventText(records))
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n%s", d, source)
			}
			var notCarried []string
			for line := range strings.SplitSeq(source, "\n") {
				if rest, found := strings.CutPrefix(line, "# not mapped: "); found {
					name, _, _ := strings.Cut(rest, ", such as")
					notCarried = append(notCarried, name)
				}
			}
			if d := cmp.Diff(c.notCarried, strings.Join(notCarried, " ")); d != "" {
				t.Error("not mapped: ", d)
			}
			r, err := loader.LoadRows(t.Context(), memory.New(), m, []loader.Input{in},
				loader.Options{Release: &loader.Release{Dataset: "d", Release: "1"}})
			if err != nil || r.Repeated > 0 || r.Rejected != strings.Count("\n"+strings.Join(c.want, "\n")+"\n", "\n\n") {
				t.Errorf("%v %v\n%s", err, r.FirstRejects, source)
			}
		})
	}
}

// eventText returns the event among a row's records as text.
func eventText(records []mapping.Record) string {
	byID := map[string]map[string]any{}
	var event map[string]any
	for _, r := range records {
		if id, ok := r.Fields["id"].(string); ok {
			byID[id] = r.Fields
		}
		if r.Type == "event" {
			event = r.Fields
		}
	}
	if event == nil {
		return ""
	}
	first := func(v any) any { return v.([]any)[0] }
	var place, actors, figures []string
	if event["locations"] != nil {
		at := byID[first(event["locations"]).(map[string]any)["location"].(string)]
		for at != nil {
			name := fmt.Sprint(first(at["names"]))
			if p, ok := at["point"].(map[string]any); ok {
				name += fmt.Sprintf(" @%v,%v", p["latitude"], p["longitude"])
			}
			if at["country"] != nil {
				name += fmt.Sprint(" ", at["country"])
			}
			place = append(place, name)
			if at["within"] == nil {
				break
			}
			at = byID[first(at["within"]).(string)]
		}
	}
	participants, _ := event["participants"].([]any)
	for _, p := range participants {
		o := p.(map[string]any)
		actors = append(actors, fmt.Sprint(o["role"], " ", first(byID[o["actor"].(string)]["names"])))
	}
	all, _ := event["figures"].([]any)
	for _, f := range all {
		text := ""
		for _, field := range []string{"kind", "population", "low", "best", "high"} {
			if v := f.(map[string]any)[field]; v != nil {
				text += fmt.Sprint(" ", v)
			}
		}
		figures = append(figures, text[1:])
	}
	return fmt.Sprintf("%v; %s; %s; %s; %v", event["time"], strings.Join(place, ", "), strings.Join(actors, ", "),
		strings.Join(figures, ", "), first(event["titles"]))
}
