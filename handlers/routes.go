package handlers

import (
	"github.com/labstack/echo/v4"

	"relevo/handlers/web"
	"relevo/models/access"
)

// Route is one address, and what whoever asks for it must be allowed to do.
type Route struct {
	Method, Path string
	Handler      echo.HandlerFunc
	Action       access.Action
}

const (
	get    = "GET"
	post   = "POST"
	put    = "PUT"
	remove = "DELETE"
)

// Routes is the one table of addresses.
func Routes(w *web.Web) []Route {
	return []Route{
		{get, "/healthz", w.ShowHealth, access.Anyone},
		{get, "/readyz", w.ShowReadiness, access.Anyone},
		{get, "/static/*", w.ShowStatic, access.Anyone},
		{post, "/theme", w.ChooseTheme, access.Anyone},

		{get, "/", w.ShowStart, access.Anyone},
		{get, "/welcome", w.ShowWelcome, access.Anyone},
		{post, "/welcome", w.CreateFirstAccount, access.Anyone},
		{get, "/sign-up", w.ShowSignUp, access.Anyone},
		{post, "/sign-up", w.CreateAccount, access.Anyone},
		{get, "/sign-in", w.ShowSignIn, access.Anyone},
		{post, "/sign-in", w.CreateSession, access.Anyone},
		{remove, "/session", w.DeleteSession, access.Anyone},

		{get, "/account", w.ShowAccount, access.SignedIn},
		{put, "/account", w.EditProfile, access.SignedIn},
		{put, "/account/password", w.EditPassword, access.SignedIn},
		{remove, "/account/sessions", w.RevokeOtherSessions, access.SignedIn},
		{remove, "/account/sessions/:session", w.RevokeSession, access.SignedIn},
		{get, "/settings", w.ShowServerSettings, access.Administer},
		{put, "/settings", w.EditServerSettings, access.Administer},

		{get, "/teams/new", w.ShowNewTeam, access.SignedIn},
		{post, "/teams", w.CreateTeam, access.SignedIn},
		{put, "/teams/:team", w.EditTeam, access.EditTeam},
		{get, "/teams/:team/settings", w.ShowTeamSettings, access.EditTeam},
		{get, "/teams/:team/members", w.ShowPeople, access.SeeTeam},
		{put, "/teams/:team/members/:person", w.EditMember, access.ManageMembers},
		{remove, "/teams/:team/members/:person", w.DeleteMember, access.ManageMembers},
		{remove, "/teams/:team/membership", w.DeleteMembership, access.SeeTeam},
		{post, "/teams/:team/invitations", w.CreateInvitation, access.ManageMembers},
		{remove, "/teams/:team/invitations/:invitation", w.RevokeInvitation, access.ManageMembers},
		{get, "/invitations/:token", w.ShowInvitation, access.Anyone},
		{post, "/invitations/:token/acceptance", w.CreateAcceptance, access.SignedIn},

		{get, "/tasks/:task", w.ShowTask, access.SeeBoard},
		{put, "/tasks/:task", w.EditTask, access.EditTask},
		{remove, "/tasks/:task", w.DeleteTask, access.EditTask},
		{get, "/tasks/:task/place", w.ShowPlace, access.EditTask},
		{put, "/tasks/:task/place", w.EditPlace, access.EditTask},
		{get, "/tasks/:task/card", w.ShowCardActions, access.EditTask},
		{get, "/tasks/:task/card/:part", w.ShowCardField, access.EditTask},
		{put, "/tasks/:task/card/:part", w.EditCardField, access.EditTask},
		{put, "/tasks/:task/dates", w.EditDates, access.EditTask},
		{get, "/tasks/:task/copies/new", w.ShowNewCopy, access.EditTask},
		{post, "/tasks/:task/copies", w.CreateCopy, access.EditTask},
		{get, "/tasks/:task/board", w.ShowTransfer, access.EditTask},
		{put, "/tasks/:task/board", w.EditBoardOfTask, access.EditTask},
		{post, "/tasks/:task/completion", w.CreateCompletion, access.EditTask},
		{remove, "/tasks/:task/completion", w.DeleteCompletion, access.EditTask},
		{post, "/tasks/:task/cancellation", w.CreateCancellation, access.EditTask},
		{remove, "/tasks/:task/cancellation", w.DeleteCancellation, access.EditTask},
		{put, "/tasks/:task/archive", w.CreateArchival, access.EditTask},
		{remove, "/tasks/:task/archive", w.DeleteArchival, access.EditTask},
		{put, "/tasks/:task/block", w.CreateBlock, access.EditTask},
		{remove, "/tasks/:task/block", w.DeleteBlock, access.EditTask},
		{put, "/tasks/:task/override", w.CreateOverride, access.OverrideRules},
		{remove, "/tasks/:task/override", w.DeleteOverride, access.OverrideRules},
		{get, "/tasks/:task/candidates", w.ShowCandidates, access.EditTask},
		{post, "/tasks/:task/prerequisites", w.CreatePrerequisite, access.EditTask},
		{put, "/tasks/:task/prerequisites/:prerequisite", w.EditPrerequisite, access.EditTask},
		{remove, "/tasks/:task/prerequisites/:prerequisite", w.DeletePrerequisite, access.EditTask},
		{post, "/tasks/:task/dependents", w.CreateDependent, access.EditTask},
		{put, "/tasks/:task/dependents/:dependent", w.EditDependent, access.EditTask},
		{remove, "/tasks/:task/dependents/:dependent", w.DeleteDependent, access.EditTask},
		{post, "/tasks/:task/items", w.CreateItems, access.EditTask},
		{put, "/tasks/:task/items/:item", w.EditItem, access.EditTask},
		{remove, "/tasks/:task/items/:item", w.DeleteItem, access.EditTask},
		{put, "/tasks/:task/items/:item/tick", w.CreateTick, access.EditTask},
		{remove, "/tasks/:task/items/:item/tick", w.DeleteTick, access.EditTask},
		{put, "/tasks/:task/items/:item/place", w.EditItemPlace, access.EditTask},
		{post, "/tasks/:task/items/:item/task", w.CreateItemTask, access.EditTask},
		{post, "/tasks/:task/files", w.CreateFiles, access.EditTask},
		{get, "/tasks/:task/files/:file", w.ShowFile, access.SeeBoard},
		{get, "/tasks/:task/files/:file/thumbnail", w.ShowThumbnail, access.SeeBoard},
		{put, "/tasks/:task/files/:file", w.EditFile, access.EditTask},
		{remove, "/tasks/:task/files/:file", w.DeleteFile, access.EditTask},
		{remove, "/tasks/:task/files/:file/removal", w.DeleteRemoval, access.EditTask},
		{remove, "/tasks/:task/files/:file/content", w.PurgeFile, access.EditBoard},
		{remove, "/tasks/:task/deletion", w.DeleteDeletion, access.EditTask},
		{get, "/tasks/:task/comments", w.ShowComments, access.SeeBoard},
		{post, "/tasks/:task/comments", w.CreateComment, access.EditTask},
		{get, "/tasks/:task/comments/:comment", w.ShowComment, access.SeeBoard},
		{put, "/tasks/:task/comments/:comment", w.EditComment, access.EditTask},
		{remove, "/tasks/:task/comments/:comment", w.DeleteComment, access.EditTask},
		{get, "/tasks/:task/history", w.ShowHistory, access.SeeBoard},
		{post, "/tasks/:task/reading", w.ReadTask, access.SeeBoard},

		{get, "/teams/:team", w.ShowHome, access.SeeTeam},
		{post, "/teams/:team/boards", w.CreateBoard, access.EditBoard},
		{post, "/teams/:team/sample-board", w.CreateSampleBoard, access.EditBoard},
		{get, "/teams/:team/imports/new", w.ShowNewImport, access.EditBoard},
		{post, "/teams/:team/imports", w.CreateImport, access.EditBoard},
		{get, "/teams/:team/imports/:import", w.ShowImport, access.EditBoard},
		{put, "/teams/:team/imports/:import", w.EditImport, access.EditBoard},
		{remove, "/teams/:team/imports/:import", w.DeleteImport, access.EditBoard},
		{get, "/teams/:team/imports/:import/plan", w.ShowImportPlan, access.EditBoard},
		{post, "/teams/:team/imports/:import/board", w.CreateImportedBoard, access.EditBoard},
		{get, "/boards/:board/export.csv", w.ShowCSV, access.SeeBoard},
		{get, "/boards/:board/export.json", w.ShowJSON, access.SeeBoard},

		{get, "/boards/:board", w.ShowBoard, access.SeeBoard},
		{get, "/boards/:board/calendar", w.ShowCalendar, access.SeeBoard},
		{post, "/boards/:board/tasks", w.CreateTaskOn, access.EditTask},
		{get, "/boards/:board/changes", w.ShowBoardChanges, access.SeeBoard},
		{get, "/boards/:board/table", w.ShowTable, access.SeeBoard},
		{get, "/boards/:board/table/rows", w.ShowTableRows, access.SeeBoard},
		{get, "/boards/:board/views", w.ShowViews, access.SeeBoard},
		{get, "/boards/:board/views/new", w.ShowNewView, access.SeeBoard},
		{post, "/boards/:board/views", w.CreateView, access.SeeBoard},
		{get, "/boards/:board/views/:view", w.ShowView, access.SeeBoard},
		{put, "/boards/:board/views/:view", w.EditView, access.SeeBoard},
		{remove, "/boards/:board/views/:view", w.DeleteView, access.SeeBoard},
		{put, "/boards/:board/views/:view/default", w.CreateDefault, access.SeeBoard},
		{remove, "/boards/:board/views/:view/default", w.DeleteDefault, access.SeeBoard},
		{put, "/boards/:board/views/:view/sharing", w.CreateSharing, access.EditBoard},
		{remove, "/boards/:board/views/:view/sharing", w.DeleteSharing, access.EditBoard},
		{get, "/boards/:board/settings", w.ShowSettings, access.EditBoard},
		{put, "/boards/:board", w.UpdateBoard, access.EditBoard},
		{put, "/boards/:board/archive", w.ArchiveBoard, access.EditBoard},
		{remove, "/boards/:board/archive", w.RestoreBoard, access.EditBoard},
		{get, "/boards/:board/deeds/new", w.ShowDeeds, access.EditTask},
		{post, "/boards/:board/deeds", w.CreateDeed, access.EditTask},
		{get, "/boards/:board/closed", w.ShowClosed, access.SeeBoard},
		{get, "/boards/:board/bin", w.ShowBin, access.SeeBoard},
		{post, "/boards/:board/labels", w.CreateLabel, access.EditBoard},
		{put, "/boards/:board/labels/:label", w.EditLabel, access.EditBoard},
		{remove, "/boards/:board/labels/:label", w.DeleteLabel, access.EditBoard},
		{get, "/boards/:board/fields", w.ShowFields, access.EditBoard},
		{post, "/boards/:board/fields", w.CreateField, access.EditBoard},
		{get, "/boards/:board/fields/:field", w.ShowField, access.EditBoard},
		{put, "/boards/:board/fields/:field", w.EditField, access.EditBoard},
		{put, "/boards/:board/fields/:field/place", w.EditFieldPlace, access.EditBoard},
		{remove, "/boards/:board/fields/:field", w.DeleteField, access.EditBoard},
		{post, "/boards/:board/columns", w.CreateColumn, access.EditBoard},
		{get, "/columns/:column", w.EditColumn, access.EditBoard},
		{put, "/columns/:column", w.UpdateColumn, access.EditBoard},
		{put, "/columns/:column/place", w.PlaceColumn, access.EditBoard},
		{get, "/columns/:column/removal", w.ShowColumnRemoval, access.EditBoard},
		{remove, "/columns/:column", w.RemoveColumn, access.EditBoard},
		{get, "/columns/:column/cards", w.ShowCards, access.SeeBoard},
		{get, "/columns/:column/tasks", w.ShowColumnTasks, access.SeeBoard},
		{post, "/columns/:column/tasks", w.CreateTasks, access.EditTask},
		{post, "/columns/:column/preview", w.ShowQuick, access.EditTask},
		{get, "/boards/:board/offers", w.ShowOffers, access.EditTask},
		{get, "/help/adding", w.ShowQuickHelp, access.SignedIn},
		{get, "/events", w.ShowEvents, access.SignedIn},

		{post, "/teams/:team/changes/:change/undoing", w.CreateUndoing, access.EditTask},
		{get, "/teams/:team/log", w.ShowLog, access.SeeLog},

		{get, "/search", w.ShowSearch, access.SignedIn},
		{get, "/palette", w.ShowPalette, access.SignedIn},

		{get, "/my-work", w.ShowMyWork, access.SignedIn},
		{get, "/inbox", w.ShowInbox, access.SignedIn},
		{post, "/inbox/reading", w.ReadAll, access.SignedIn},
		{post, "/notices/:notice/reading", w.ReadNotice, access.SignedIn},
	}
}
