package eval

// Agreement is how often matched records agree in one property.
type Agreement struct {
	About    string   `json:"about"`
	Compared int      `json:"compared"`
	Agreed   int      `json:"agreed"`
	Share    *float64 `json:"share"`
	// Kappa is Cohen's kappa: the agreement beyond what the frequencies of the values make by chance. It is nil for
	// properties without a fixed list of values, and if there is only one value.
	Kappa *float64 `json:"kappa"`

	values map[[2]string]int // the gold's value and the proposal's
}

// The properties that are compared, in their order.
const (
	actorKind = iota
	placeKind
	category
	modality
	role
	stance
	aspect
	claimants
	figures
	speaker
	properties
)

// propertyNames are the names of the properties.
var propertyNames = [properties]string{
	"kind of actor", "kind of place", "category of event", "modality of event", "role of participant", "stance of claim",
	"aspect of claim", "claimants", "figures", "speaker of quote",
}

func newAgreement() []Agreement {
	all := make([]Agreement, properties)
	for i := range all {
		all[i] = Agreement{About: propertyNames[i], values: map[[2]string]int{}}
	}
	return all
}

// compare counts two values of a fixed list.
func (a *Agreement) compare(gold, proposal string) {
	a.values[[2]string{gold, proposal}]++
	a.count(gold == proposal)
}

// count counts two values that are the same or not.
func (a *Agreement) count(same bool) {
	a.Compared++
	if same {
		a.Agreed++
	}
}

// addAgreement adds the numbers of an article to a total, which is nil at first.
func addAgreement(total, one []Agreement) []Agreement {
	if total == nil {
		total = newAgreement()
	}
	for i, o := range one {
		total[i].Compared += o.Compared
		total[i].Agreed += o.Agreed
		for v, n := range o.values {
			total[i].values[v] += n
		}
	}
	return total
}

func (a *Agreement) finish() {
	a.Share = share(a.Agreed, a.Compared)
	if len(a.values) == 0 {
		return
	}
	gold, proposal := map[string]int{}, map[string]int{}
	for v, n := range a.values {
		gold[v[0]] += n
		proposal[v[1]] += n
	}
	chance := 0
	for v, n := range gold {
		chance += n * proposal[v]
	}
	// With the observed share o and the expected share e, kappa is (o-e)/(1-e); here times the square of the number.
	all := a.Compared * a.Compared
	if all == chance {
		return
	}
	a.Kappa = new(float64(a.Agreed*a.Compared-chance) / float64(all-chance))
}
