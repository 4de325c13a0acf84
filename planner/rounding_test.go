package planner

import "testing"

func TestResolve(t *testing.T) {
	for _, test := range []struct {
		replicas           int32
		surge, unavailable IntOrPercent
		pods, missing      int32
	}{
		{1, Percent(25), Percent(25), 1, 0},
		{2, Percent(25), Percent(25), 1, 0},
		{3, Percent(25), Percent(25), 1, 0},
		{4, Percent(25), Percent(25), 1, 1},
		{5, Percent(25), Percent(25), 2, 1},
		{10, Percent(25), Percent(25), 3, 2},
		{7, Percent(50), Percent(50), 4, 3},
		{10, Percent(30), Percent(20), 3, 2},
		{15, Percent(25), Percent(25), 4, 3},
		{40, Percent(30), Percent(5), 12, 2},
		{55, Percent(25), Percent(25), 14, 13},
		{100, Percent(25), Percent(25), 25, 25},
		{3, Count(1), Count(1), 1, 1},

		{10, Percent(30), Count(0), 3, 0}, // 3 and not 4: multiplied before it is divided
		{4, Percent(150), Count(0), 6, 0}, // more than 100 %
		{100, Percent(1), Percent(1), 1, 1},
		{99, Percent(1), Percent(1), 1, 0},

		{2, Count(0), Percent(10), 0, 1},   // both 0: 1 unavailable
		{10, Percent(0), Percent(5), 0, 1}, // the same with percentages
		{2, Count(0), Count(5), 0, 2},      // never more than there are
		{2, Count(0), Percent(100), 0, 2},
		{0, Percent(25), Percent(25), 0, 0}, // both 0, but nothing can be missing
		{0, Count(2), Count(2), 2, 0},
	} {
		strategy := Strategy{RollingUpdate, test.surge, test.unavailable}
		pods, missing := strategy.Resolve(test.replicas)
		if pods != test.pods || missing != test.missing {
			t.Errorf("%d replicas, %s and %s: %d and %d, want %d and %d",
				test.replicas, test.surge, test.unavailable, pods, missing, test.pods, test.missing)
		}
	}
	if pods, missing := (Strategy{Type: Recreate}).Resolve(10); pods != 0 || missing != 0 {
		t.Errorf("Recreate: %d and %d, want 0 and 0", pods, missing)
	}
}

// FuzzResolve: percentages of up to 100 stay within the exact value rounded
// down and up, and the two limits never both come out as 0.
func FuzzResolve(f *testing.F) {
	f.Add(int32(10), int32(30), int32(20))
	f.Add(int32(2147483647), int32(100), int32(99))
	f.Fuzz(func(t *testing.T, replicas, surge, unavailable int32) {
		if replicas < 1 || surge < 0 || surge > 100 || unavailable < 0 || unavailable > 100 {
			t.Skip()
		}
		pods, missing := Strategy{RollingUpdate, Percent(surge), Percent(unavailable)}.Resolve(replicas)
		if exact := int64(surge) * int64(replicas); int64(pods)*100 < exact || int64(pods-1)*100 >= exact {
			t.Errorf("%d %% of %d rounded up: %d", surge, replicas, pods)
		}
		if exact := int64(unavailable) * int64(replicas); int64(missing)*100 > exact && (missing != 1 || pods != 0) || int64(missing+1)*100 <= exact {
			t.Errorf("%d %% of %d rounded down: %d", unavailable, replicas, missing)
		}
		if pods == 0 && missing == 0 {
			t.Errorf("%d replicas, %d %% and %d %%: nothing can move", replicas, surge, unavailable)
		}
	})
}
