// Package v2 stands in for Grafana's second dashboard schema, as far as the
// linter names it. The boards here are written in the classic schema, which the
// linter reads by itself; with this the linter needs nothing of Grafana's tree.
package v2

type DashboardSpec struct {
	Title       string
	Editable    *bool
	Elements    map[string]DashboardElement
	Variables   []DashboardVariableKind
	Annotations []DashboardAnnotationQueryKind
}

type DashboardElement struct{ PanelKind *panelKind }

type panelKind struct{ Spec DashboardPanelSpec }

type DashboardPanelSpec struct {
	Id          float64
	Title       string
	Description string
	VizConfig   struct {
		Group string
		Spec  struct {
			FieldConfig map[string]any
			Options     map[string]any
		}
	}
	Data struct {
		Spec struct{ Queries []DashboardPanelQueryKind }
	}
}

type DashboardPanelQueryKind struct {
	Spec struct {
		RefId  string
		Hidden bool
		Query  DashboardDataQueryKind
	}
}

type DashboardDataQueryKind struct {
	Group      string
	Datasource *struct{ Name *string }
	Spec       map[string]any
}

type DashboardAnnotationQueryKind struct {
	Spec struct {
		Name  string
		Query DashboardDataQueryKind
	}
}

type DashboardVariableRefresh string

const (
	DashboardVariableRefreshOnDashboardLoad    DashboardVariableRefresh = "onDashboardLoad"
	DashboardVariableRefreshOnTimeRangeChanged DashboardVariableRefresh = "onTimeRangeChanged"
)

type DashboardVariableKind struct {
	QueryVariableKind *struct {
		Spec struct {
			variable
			AllValue *string
			Refresh  DashboardVariableRefresh
			Query    DashboardDataQueryKind
		}
	}
	DatasourceVariableKind *struct {
		Spec struct {
			variable
			AllValue *string
			Refresh  DashboardVariableRefresh
			PluginId string
		}
	}
	CustomVariableKind *struct {
		Spec struct {
			variable
			AllValue *string
			Query    string
		}
	}
	IntervalVariableKind *written
	ConstantVariableKind *written
	TextVariableKind     *written
	AdhocVariableKind    *struct{ Spec variable }
	GroupByVariableKind  *struct{ Spec variable }
	SwitchVariableKind   *struct{ Spec variable }
}

type variable struct {
	Name  string
	Label *string
	Multi bool
}

type written struct {
	Spec struct {
		variable
		Query string
	}
}
