package diagnose

// SettingDefault is the built-in default of a Postfix parameter, as postconf -d
// gives it for Postfix 3.7 to 3.10 with the compatibility_level of its version.
type SettingDefault struct {
	Name, Value string
	// Since is the version from which Value holds, where it is not that of all of
	// them; Before is the default of older ones.
	Since, Before string
}

// settingDefault gives the built-in default of a Postfix parameter, "" where it
// is empty or not known here.
func settingDefault(name string) string {
	for _, d := range SettingDefaults() {
		if d.Name == name {
			return d.Value
		}
	}
	return ""
}

// statedDefault gives the default as a person is told it.
func statedDefault(name string) string {
	for _, d := range SettingDefaults() {
		if d.Name == name && d.Since != "" {
			return d.Value + " (" + d.Before + " before Postfix " + d.Since + ")"
		}
	}
	return settingDefault(name)
}

// SettingDefaults lists the defaults that are known here.
func SettingDefaults() []SettingDefault {
	return []SettingDefault{
		{Name: "access_map_defer_code", Value: "450"},
		{Name: "access_map_reject_code", Value: "554"},
		{Name: "address_verify_map", Value: "btree:$data_directory/verify_cache"},
		{Name: "address_verify_negative_expire_time", Value: "3d"},
		{Name: "address_verify_negative_refresh_time", Value: "3h"},
		{Name: "address_verify_poll_count", Value: "${stress?{1}:{3}}"},
		{Name: "anvil_rate_time_unit", Value: "60s"},
		{Name: "bounce_queue_lifetime", Value: "5d"},
		{Name: "default_destination_concurrency_limit", Value: "20"},
		{Name: "default_destination_recipient_limit", Value: "50"},
		{Name: "default_process_limit", Value: "100"},
		{Name: "delay_warning_time", Value: "0h"},
		{Name: "disable_dns_lookups", Value: "no"},
		{Name: "enable_original_recipient", Value: "yes"},
		{Name: "ignore_mx_lookup_error", Value: "no"},
		{Name: "in_flow_delay", Value: "1s"},
		{Name: "inet_interfaces", Value: "all"},
		{Name: "inet_protocols", Value: "all"},
		{Name: "invalid_hostname_reject_code", Value: "501"},
		{Name: "local_recipient_maps", Value: "proxy:unix:passwd.byname $alias_maps"},
		{Name: "local_transport", Value: "local:$myhostname"},
		{Name: "mailbox_size_limit", Value: "51200000"},
		{Name: "maps_rbl_reject_code", Value: "554"},
		{Name: "maximal_backoff_time", Value: "4000s"},
		{Name: "maximal_queue_lifetime", Value: "5d"},
		{Name: "message_size_limit", Value: "10240000"},
		{Name: "milter_default_action", Value: "tempfail"},
		{Name: "minimal_backoff_time", Value: "300s"},
		{Name: "multi_recipient_bounce_reject_code", Value: "550"},
		{Name: "mydestination", Value: "$myhostname, localhost.$mydomain, localhost"},
		{Name: "mydomain", Value: "localdomain"},
		{Name: "myhostname", Value: "host.localdomain"},
		{Name: "mynetworks_style", Value: "host"},
		{Name: "myorigin", Value: "$myhostname"},
		{Name: "non_fqdn_reject_code", Value: "504"},
		{Name: "plaintext_reject_code", Value: "450"},
		{Name: "postscreen_bare_newline_enable", Value: "no"},
		{Name: "postscreen_dnsbl_threshold", Value: "1"},
		{Name: "postscreen_non_smtp_command_enable", Value: "no"},
		{Name: "postscreen_pipelining_enable", Value: "no"},
		{Name: "queue_minfree", Value: "0"},
		{Name: "queue_run_delay", Value: "300s"},
		{Name: "reject_code", Value: "554"},
		{Name: "reject_tempfail_action", Value: "defer_if_permit"},
		{Name: "relay_domains_reject_code", Value: "554"},
		{Name: "relay_transport", Value: "relay"},
		{Name: "smtp_connect_timeout", Value: "30s"},
		{Name: "smtp_data_done_timeout", Value: "600s"},
		{Name: "smtp_data_init_timeout", Value: "120s"},
		{Name: "smtp_dns_support_level", Value: ""},
		{Name: "smtp_helo_name", Value: "$myhostname"},
		{Name: "smtp_helo_timeout", Value: "300s"},
		{Name: "smtp_host_lookup", Value: "dns"},
		{Name: "smtp_mail_timeout", Value: "300s"},
		{Name: "smtp_rcpt_timeout", Value: "300s"},
		{Name: "smtpd_client_connection_count_limit", Value: "50"},
		{Name: "smtpd_client_connection_rate_limit", Value: "0"},
		{Name: "smtpd_client_event_limit_exceptions", Value: "${smtpd_client_connection_limit_exceptions:$mynetworks}"},
		{Name: "smtpd_client_message_rate_limit", Value: "0"},
		{Name: "smtpd_client_recipient_rate_limit", Value: "0"},
		{Name: "smtpd_delay_reject", Value: "yes"},
		{Name: "smtpd_error_sleep_time", Value: "1s"},
		{Name: "smtpd_forbid_bare_newline", Value: "normalize", Since: "3.9", Before: "no"},
		{Name: "smtpd_hard_error_limit", Value: "${stress?{1}:{20}}"},
		{Name: "smtpd_helo_required", Value: "no"},
		{Name: "smtpd_peername_lookup", Value: "yes"},
		{Name: "smtpd_policy_service_default_action", Value: "451 4.3.5 Server configuration problem"},
		{Name: "smtpd_policy_service_timeout", Value: "100s"},
		{Name: "smtpd_recipient_limit", Value: "1000"},
		{Name: "smtpd_recipient_overshoot_limit", Value: "1000"},
		{Name: "smtpd_relay_restrictions", Value: "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination"},
		{Name: "smtpd_sasl_auth_enable", Value: "no"},
		{Name: "smtpd_soft_error_limit", Value: "10"},
		{Name: "smtpd_timeout", Value: "${stress?{10}:{300}}s"},
		{Name: "smtputf8_enable", Value: "yes"},
		{Name: "soft_bounce", Value: "no"},
		{Name: "strict_rfc821_envelopes", Value: "no"},
		{Name: "unknown_address_reject_code", Value: "450"},
		{Name: "unknown_address_tempfail_action", Value: "$reject_tempfail_action"},
		{Name: "unknown_client_reject_code", Value: "450"},
		{Name: "unknown_hostname_reject_code", Value: "450"},
		{Name: "unknown_local_recipient_reject_code", Value: "550"},
		{Name: "unknown_relay_recipient_reject_code", Value: "550"},
		{Name: "unknown_virtual_alias_reject_code", Value: "550"},
		{Name: "unknown_virtual_mailbox_reject_code", Value: "550"},
		{Name: "unverified_recipient_defer_code", Value: "450"},
		{Name: "unverified_recipient_reject_code", Value: "450"},
		{Name: "unverified_recipient_tempfail_action", Value: "$reject_tempfail_action"},
		{Name: "unverified_sender_defer_code", Value: "450"},
		{Name: "unverified_sender_reject_code", Value: "450"},
		{Name: "virtual_mailbox_limit", Value: "51200000"},
		{Name: "virtual_transport", Value: "virtual"},
	}
}
